package io.quintet.node.service.replicas;

import io.quintet.dht.id.Key;
import io.quintet.node.repair.ChunkMemory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a node remembers about replicas of its chunks, as far as something is amiss: who was caught
/// without one, who refused one, and since when there are too few or too many. Bounded; what does
/// not fit is forgotten, oldest first, and noticed anew later. Safe for many threads.
final class ReplicaBook {
  private static final int CAUGHT_MAX = 50_000;
  private static final int REFUSALS_MAX = 10_000;
  private static final int MEMORIES_MAX = 200_000;

  private record Replica(Key chunk, Key node) {}

  private final Map<Replica, Long> caught = bounded(CAUGHT_MAX);
  private final Map<Replica, Long> refusals = bounded(REFUSALS_MAX);
  private final Map<Key, ChunkMemory> memories = bounded(MEMORIES_MAX);

  private static <K, V> Map<K, V> bounded(int max) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
      }
    };
  }

  /// `node` was asked and has no right copy.
  synchronized void caughtWithout(Key chunk, Key node, long now) {
    caught.putIfAbsent(new Replica(chunk, node), now);
  }

  /// `node` has it after all.
  synchronized void holds(Key chunk, Key node) {
    caught.remove(new Replica(chunk, node));
  }

  /// Since when `node` is known to be without it, null when it is not.
  synchronized @Nullable Long withoutSince(Key chunk, Key node) {
    return caught.get(new Replica(chunk, node));
  }

  /// `node` did not take it.
  synchronized void refused(Key chunk, Key node, long now) {
    refusals.put(new Replica(chunk, node), now);
  }

  /// Whether `node` refused it after `since`.
  synchronized boolean hasRefused(Key chunk, Key node, long since) {
    Long when = refusals.get(new Replica(chunk, node));
    return when != null && when >= since;
  }

  synchronized ChunkMemory memory(Key chunk) {
    return memories.getOrDefault(chunk, ChunkMemory.NONE);
  }

  synchronized void remember(Key chunk, ChunkMemory memory) {
    if (memory.isNone()) {
      memories.remove(chunk);
    } else {
      memories.put(chunk, memory);
    }
  }
}
