package io.quintet.node.tombstone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.zip.CRC32C;

/// Who brought which foreign tombstones, oldest first: when there is no room, the source that
/// brought most gives way. Sources are addresses (the first half of one of IPv6, which one network
/// has), thrown together into [#COUNT] groups by a salt that strangers do not know.
///
/// Owned by its table's lock.
final class Sources {
  /// How many groups there are.
  static final int COUNT = 1_024;

  private final long salt;
  private final List<LinkedHashSet<Integer>> slots = new ArrayList<>();
  private int size;

  Sources(long salt) {
    this.salt = salt;
    for (int i = 0; i < COUNT; i++) {
      slots.add(new LinkedHashSet<>(1));
    }
  }

  /// The group of an address.
  int of(String host) {
    String[] parts = host.split(":", -1);
    String network = parts.length < 5 ? host : String.join(":", List.of(parts).subList(0, 4));
    CRC32C sum = new CRC32C();
    sum.update(Long.toHexString(salt).getBytes(StandardCharsets.US_ASCII));
    sum.update(network.getBytes(StandardCharsets.UTF_8));
    return (int) ((sum.getValue() * 0x9e3779b97f4a7c15L) >>> 54);
  }

  int size() {
    return size;
  }

  void add(int source, int slot) {
    if (slots.get(source).add(slot)) {
      size++;
    }
  }

  void remove(int source, int slot) {
    if (slots.get(source).remove(slot)) {
      size--;
    }
  }

  /// The oldest slot of the source that has most; there is one.
  int oldestOfLargest() {
    LinkedHashSet<Integer> largest = slots.getFirst();
    for (LinkedHashSet<Integer> each : slots) {
      if (each.size() > largest.size()) {
        largest = each;
      }
    }
    return largest.getFirst();
  }
}
