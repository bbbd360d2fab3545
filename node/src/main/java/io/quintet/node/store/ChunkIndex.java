package io.quintet.node.store;

import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Which chunks a store has, sorted, in memory: about 100 bytes each. Safe for many threads.
///
/// It also remembers which of them were hashed by this process: the others are hashed before their
/// first byte is handed out.
final class ChunkIndex {
  /// Set in a value when this process has seen the right hash; sizes need 21 bits.
  private static final int VERIFIED = 1 << 30;

  private final ConcurrentSkipListMap<Key, Integer> sizes = new ConcurrentSkipListMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /// Adds a chunk and returns whether it was new; one that is known stays as it is, but verified
  /// counts.
  boolean add(Key id, int sizeBytes, boolean verified) {
    Integer before = sizes.putIfAbsent(id, verified ? sizeBytes | VERIFIED : sizeBytes);
    if (before != null) {
      if (verified) {
        markVerified(id);
      }
      return false;
    }
    count.incrementAndGet();
    bytes.addAndGet(sizeBytes);
    return true;
  }

  /// Forgets a chunk and returns whether it was known.
  boolean remove(Key id) {
    Integer before = sizes.remove(id);
    if (before == null) {
      return false;
    }
    count.decrementAndGet();
    bytes.addAndGet(-(before & ~VERIFIED));
    return true;
  }

  boolean has(Key id) {
    return sizes.containsKey(id);
  }

  OptionalInt size(Key id) {
    Integer value = sizes.get(id);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value & ~VERIFIED);
  }

  boolean isVerified(Key id) {
    Integer value = sizes.get(id);
    return value != null && (value & VERIFIED) != 0;
  }

  void markVerified(Key id) {
    sizes.computeIfPresent(id, (key, value) -> value | VERIFIED);
  }

  List<ChunkEntry> list(@Nullable Key after, int limit) {
    NavigableMap<Key, Integer> rest = after == null ? sizes : sizes.tailMap(after, false);
    List<ChunkEntry> page = new ArrayList<>(Math.min(limit, 1024));
    for (Map.Entry<Key, Integer> entry : rest.entrySet()) {
      if (page.size() == limit) {
        break;
      }
      page.add(new ChunkEntry(entry.getKey(), entry.getValue() & ~VERIFIED));
    }
    return page;
  }

  int count() {
    return count.get();
  }

  long bytes() {
    return bytes.get();
  }
}
