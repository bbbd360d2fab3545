package io.quintet.dht.routing;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;

/// The contacts nearest to a key, from an array sorted by key, without sorting by distance.
///
/// Sorted keys imply a binary tree whose nodes are contiguous ranges. Walked depth-first, at each
/// branch first to the side of the target, it yields contacts in the order of their XOR distance.
public final class NearestFirst {
  // Implementation: the beginnings of the ids lie side by side, so that the walk reads a few cache
  // lines instead of an object per step; ids that differ only later are told apart by themselves.

  private final Contact[] sorted;
  private final int[] heads;
  private final Key target;
  private final int count;
  private final List<Contact> into;

  private NearestFirst(Contact[] sorted, int[] heads, Key target, int count, List<Contact> into) {
    this.sorted = sorted;
    this.heads = heads;
    this.target = target;
    this.count = count;
    this.into = into;
  }

  /// The contacts nearest to `target`, nearest first, at most `count`; the caller owns the list.
  ///
  /// @param sorted by key, distinct, in its first `size` places
  /// @param heads the [Key#prefix] of each of them
  public static List<Contact> of(Contact[] sorted, int[] heads, int size, Key target, int count) {
    List<Contact> nearest = new ArrayList<>(Math.min(count, size));
    new NearestFirst(sorted, heads, target, count, nearest).walk(0, size);
    return nearest;
  }

  private void walk(int low, int high) {
    if (low >= high || into.size() >= count) {
      return;
    }
    if (high - low == 1) {
      into.add(sorted[low]);
      return;
    }
    int differing = heads[low] ^ heads[high - 1];
    int shared =
        differing != 0
            ? Integer.numberOfLeadingZeros(differing)
            : sorted[low].id().commonPrefixLength(sorted[high - 1].id());
    int split =
        differing != 0 ? firstWithBit(low, high, shared) : firstWithLateBit(low, high, shared);
    if (target.bit(shared)) {
      walk(split, high);
      walk(low, split);
    } else {
      walk(low, split);
      walk(split, high);
    }
  }

  private int firstWithBit(int from, int to, int bit) {
    int mask = 1 << (Integer.SIZE - 1 - bit);
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((heads[middle] & mask) != 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int firstWithLateBit(int from, int to, int bit) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].id().bit(bit)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
