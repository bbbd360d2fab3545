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
  private final Contact[] sorted;
  private final Key target;
  private final int count;
  private final List<Contact> into;

  private NearestFirst(Contact[] sorted, Key target, int count, List<Contact> into) {
    this.sorted = sorted;
    this.target = target;
    this.count = count;
    this.into = into;
  }

  /// The contacts nearest to `target`, nearest first, at most `count`; the caller owns the list.
  ///
  /// @param sorted by key, distinct, in its first `size` places
  public static List<Contact> of(Contact[] sorted, int size, Key target, int count) {
    List<Contact> nearest = new ArrayList<>(Math.min(count, size));
    new NearestFirst(sorted, target, count, nearest).walk(0, size);
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
    int shared = sorted[low].id().commonPrefixLength(sorted[high - 1].id());
    int split = firstWithBit(low, high, shared);
    if (target.bit(shared)) {
      walk(split, high);
      walk(low, split);
    } else {
      walk(low, split);
      walk(split, high);
    }
  }

  private int firstWithBit(int from, int to, int bit) {
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
