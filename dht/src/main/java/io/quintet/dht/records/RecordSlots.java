package io.quintet.dht.records;

import io.quintet.dht.id.Key;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// A hash table from keys to chains of (provider number, expiry), in primitive arrays: about 36
/// bytes per key place and 12 per record, where objects would take four times as much.
///
/// Open addressing with linear probing; deletion shifts back, so there are no tombstones to clean.
final class RecordSlots {
  private static final int CAPACITY_MIN = 16;
  private static final int NONE = -1;
  private static final int EMPTY = Integer.MIN_VALUE;

  private final long seed;
  private final long[] scratch = new long[4];
  private long[] words = new long[0];
  private int[] heads = new int[0];
  private int keys;

  private int[] providers = new int[0];
  private int[] expiries = new int[0];
  private int[] nexts = new int[0];
  private int entriesUsed;
  private int free = NONE;
  private int records;

  RecordSlots(long seed) {
    this.seed = seed;
  }

  int records() {
    return records;
  }

  int capacity() {
    return heads.length;
  }

  long bytes() {
    return 8L * words.length + 4L * heads.length + 12L * providers.length;
  }

  int first(Key key) {
    int slot = slotOf(key);
    return slot < 0 ? NONE : heads[slot];
  }

  int next(int entry) {
    return nexts[entry];
  }

  int provider(int entry) {
    return providers[entry];
  }

  int expiry(int entry) {
    return expiries[entry];
  }

  void renew(int entry, int expiry) {
    expiries[entry] = expiry;
  }

  int find(Key key, int provider) {
    int entry = first(key);
    while (entry >= 0 && providers[entry] != provider) {
      entry = nexts[entry];
    }
    return entry;
  }

  int count(Key key) {
    int count = 0;
    for (int entry = first(key); entry >= 0; entry = nexts[entry]) {
      count++;
    }
    return count;
  }

  void add(Key key, int provider, int expiry) {
    if (4 * (keys + 1) > 3 * heads.length) {
      grow();
    }
    int slot = slotOf(key);
    if (slot < 0) {
      slot = -slot - 1;
      heads[slot] = NONE;
      key.writeWords(words, 4 * slot);
      keys++;
    }
    int entry = takeEntry();
    providers[entry] = provider;
    expiries[entry] = expiry;
    nexts[entry] = heads[slot];
    heads[slot] = entry;
    records++;
  }

  /// Drops the expired records of one place.
  ///
  /// @return whether the place is another key's, or empty, now
  boolean expireAt(int slot, int tick, IntConsumer dropped) {
    if (isEmpty(slot)) {
      return false;
    }
    int previous = NONE;
    int entry = heads[slot];
    while (entry >= 0) {
      int following = nexts[entry];
      if (expiries[entry] > tick) {
        previous = entry;
      } else {
        if (previous == NONE) {
          heads[slot] = following;
        } else {
          nexts[previous] = following;
        }
        nexts[entry] = free;
        free = entry;
        records--;
        dropped.accept(providers[entry]);
      }
      entry = following;
    }
    if (heads[slot] == NONE) {
      removeSlot(slot);
      return true;
    }
    return false;
  }

  /// An empty place has no chain; a key without a record does not exist between two calls.
  private boolean isEmpty(int slot) {
    return heads[slot] == EMPTY;
  }

  /// The place of `key`; when it is absent, -(the place where it belongs) - 1.
  private int slotOf(Key key) {
    if (heads.length == 0) {
      return NONE;
    }
    int mask = heads.length - 1;
    key.writeWords(scratch, 0);
    int slot = spread(scratch, 0, seed) & mask;
    while (!isEmpty(slot)) {
      if (key.equalsWords(words, 4 * slot)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return -slot - 1;
  }

  private void removeSlot(int slot) {
    int mask = heads.length - 1;
    int hole = slot;
    int probe = slot;
    heads[hole] = EMPTY;
    keys--;
    for (int steps = 0; steps < heads.length; steps++) {
      probe = (probe + 1) & mask;
      if (isEmpty(probe)) {
        return;
      }
      int home = spread(words, 4 * probe, seed) & mask;
      if (((probe - home) & mask) >= ((probe - hole) & mask)) {
        System.arraycopy(words, 4 * probe, words, 4 * hole, 4);
        heads[hole] = heads[probe];
        heads[probe] = EMPTY;
        hole = probe;
      }
    }
  }

  private void grow() {
    long[] oldWords = words;
    int[] oldHeads = heads;
    int capacity = Math.max(CAPACITY_MIN, 2 * oldHeads.length);
    words = new long[4 * capacity];
    heads = new int[capacity];
    Arrays.fill(heads, EMPTY);
    int mask = capacity - 1;
    for (int old = 0; old < oldHeads.length; old++) {
      if (oldHeads[old] == EMPTY) {
        continue;
      }
      int slot = spread(oldWords, 4 * old, seed) & mask;
      while (!isEmpty(slot)) {
        slot = (slot + 1) & mask;
      }
      System.arraycopy(oldWords, 4 * old, words, 4 * slot, 4);
      heads[slot] = oldHeads[old];
    }
  }

  private int takeEntry() {
    if (free != NONE) {
      int entry = free;
      free = nexts[entry];
      return entry;
    }
    if (entriesUsed == providers.length) {
      int capacity = Math.max(CAPACITY_MIN, entriesUsed + entriesUsed / 2);
      providers = Arrays.copyOf(providers, capacity);
      expiries = Arrays.copyOf(expiries, capacity);
      nexts = Arrays.copyOf(nexts, capacity);
    }
    return entriesUsed++;
  }

  /// Strangers choose the keys, so where a key goes depends on a seed that they do not know.
  private static int spread(long[] words, int offset, long seed) {
    long mixed = (words[offset] ^ seed) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32) ^ words[offset + 3]) * 0xD6E8FEB86659FD93L;
    return (int) (mixed >>> 32);
  }
}
