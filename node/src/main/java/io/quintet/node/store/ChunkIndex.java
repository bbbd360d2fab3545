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
  private final ConcurrentSkipListMap<Key, Integer> sizes = new ConcurrentSkipListMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /// Adds a chunk and returns whether it was new; one that is known stays as it is.
  boolean add(Key id, int sizeBytes) {
    if (sizes.putIfAbsent(id, sizeBytes) != null) {
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
    bytes.addAndGet(-before);
    return true;
  }

  boolean has(Key id) {
    return sizes.containsKey(id);
  }

  OptionalInt size(Key id) {
    Integer value = sizes.get(id);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  List<ChunkEntry> list(@Nullable Key after, int limit) {
    NavigableMap<Key, Integer> rest = after == null ? sizes : sizes.tailMap(after, false);
    List<ChunkEntry> page = new ArrayList<>(Math.min(limit, 1024));
    for (Map.Entry<Key, Integer> entry : rest.entrySet()) {
      if (page.size() == limit) {
        break;
      }
      page.add(new ChunkEntry(entry.getKey(), entry.getValue()));
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
