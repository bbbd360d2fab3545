package io.quintet.node.tombstone;

import io.quintet.dht.id.Key;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/// In which slots tombstones of a chunk may lie: an open hash table (Knuth, volume 3, section 6.4,
/// algorithm R for removal) of 12 bytes per place, so that a million need some 20 MB. It keeps
/// fingerprints, not ids: a hit is a reason to read the slot, a miss is certain.
///
/// Strangers choose ids, so the fingerprint is salted. Owned by its table's lock.
final class SlotIndex {
  private final long[] salt;
  private long[] prints = new long[1_024];

  // Slot + 1; 0 is an empty place.
  private int[] slots = new int[1_024];
  private int size;

  /// @param seed not known to strangers
  SlotIndex(long seed) {
    this.salt = new SplittableRandom(seed).longs(Key.BYTES / Long.BYTES).toArray();
  }

  void add(Key id, int slot) {
    if (5L * size >= 3L * slots.length) {
      grow();
    }
    put(print(id), slot + 1);
    size++;
  }

  /// Asks for each slot that may be of `id` until one is accepted, and returns whether one was.
  boolean any(Key id, IntPredicate accepted) {
    long print = print(id);
    for (int at = home(print); slots[at] != 0; at = next(at)) {
      if (prints[at] == print && accepted.test(slots[at] - 1)) {
        return true;
      }
    }
    return false;
  }

  void remove(Key id, int slot) {
    int at = home(print(id));
    while (slots[at] != slot + 1) {
      if (slots[at] == 0) {
        return;
      }
      at = next(at);
    }
    size--;
    closeGap(at);
  }

  /// Moves later entries of the run forward, so that no search ends at the gap.
  private void closeGap(int at) {
    int gap = at;
    slots[gap] = 0;
    for (int from = next(gap); slots[from] != 0; from = next(from)) {
      int home = home(prints[from]);
      boolean reachable = gap <= from ? gap < home && home <= from : gap < home || home <= from;
      if (!reachable) {
        prints[gap] = prints[from];
        slots[gap] = slots[from];
        slots[from] = 0;
        gap = from;
      }
    }
  }

  private void put(long print, int value) {
    int at = home(print);
    while (slots[at] != 0) {
      at = next(at);
    }
    prints[at] = print;
    slots[at] = value;
  }

  private void grow() {
    long[] oldPrints = prints;
    int[] oldSlots = slots;
    prints = new long[2 * oldPrints.length];
    slots = new int[2 * oldSlots.length];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        put(oldPrints[i], oldSlots[i]);
      }
    }
  }

  private int home(long print) {
    return (int) print & (slots.length - 1);
  }

  private int next(int at) {
    return (at + 1) & (slots.length - 1);
  }

  private long print(Key id) {
    long[] words = new long[salt.length];
    id.writeWords(words, 0);
    long print = 0;
    for (int i = 0; i < words.length; i++) {
      print = mix(print ^ words[i] ^ salt[i]);
    }
    return print;
  }

  /// The finaliser of MurmurHash3 (Appleby).
  private static long mix(long value) {
    long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
