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
final class ChunkIndex {
  /// A size takes the lower bits, and above them is how many replicas the owner wants; 0 while that
  /// is not known.
  private static final int SIZE_BITS = 24;

  private static final int SIZE_MASK = (1 << SIZE_BITS) - 1;

  private final ConcurrentSkipListMap<Key, Integer> chunks = new ConcurrentSkipListMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /// Adds a chunk and returns whether it was new; one that is known stays as it is.
  boolean add(Key id, int sizeBytes) {
    if (chunks.putIfAbsent(id, sizeBytes) != null) {
      return false;
    }
    count.incrementAndGet();
    bytes.addAndGet(sizeBytes);
    return true;
  }

  /// Forgets a chunk and returns whether it was known.
  boolean remove(Key id) {
    Integer before = chunks.remove(id);
    if (before == null) {
      return false;
    }
    count.decrementAndGet();
    bytes.addAndGet(-(before & SIZE_MASK));
    return true;
  }

  /// Remembers how many replicas a chunk shall have, if it is known.
  ///
  /// @param wanted 1 to 127
  void remember(Key id, int wanted) {
    chunks.computeIfPresent(id, (key, value) -> (value & SIZE_MASK) | (wanted << SIZE_BITS));
  }

  /// What [#remember] was told; 0 when that is nothing.
  int replicas(Key id) {
    return chunks.getOrDefault(id, 0) >>> SIZE_BITS;
  }

  boolean has(Key id) {
    return chunks.containsKey(id);
  }

  OptionalInt size(Key id) {
    Integer value = chunks.get(id);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value & SIZE_MASK);
  }

  List<ChunkEntry> list(@Nullable Key after, int limit) {
    NavigableMap<Key, Integer> rest = after == null ? chunks : chunks.tailMap(after, false);
    List<ChunkEntry> page = new ArrayList<>(Math.min(limit, 1024));
    for (Map.Entry<Key, Integer> entry : rest.entrySet()) {
      if (page.size() == limit) {
        break;
      }
      page.add(new ChunkEntry(entry.getKey(), entry.getValue() & SIZE_MASK));
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
