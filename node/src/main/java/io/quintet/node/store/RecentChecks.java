package io.quintet.node.store;

import io.quintet.dht.id.Key;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Which files this process hashed lately, and how they looked then. A file that still looks the
/// same is not hashed again for [#VALID]: its bytes are most likely in memory still, where disks
/// cannot spoil them. Bounded; what is pushed out is hashed once more. Safe for many threads.
final class RecentChecks {
  /// How long a check counts. Long enough that a chunk which many clients fetch costs one hash, and
  /// short enough that memory is likely to hold the bytes that were hashed.
  static final Duration VALID = Duration.ofMinutes(10);

  private static final int ENTRIES_MAX = 16_384;

  private final LongSupplier nanoTime;
  private final Map<Key, Check> checks =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Check> eldest) {
          return size() > ENTRIES_MAX;
        }
      };

  /// @param nanoTime a monotonic clock
  RecentChecks(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Check(FileLook look, long atNanos) {}

  /// The file of `id`, which looks like `look`, has the right hash.
  synchronized void passed(Key id, FileLook look) {
    checks.remove(id);
    checks.put(id, new Check(look, nanoTime.getAsLong()));
  }

  /// Whether the file of `id` was right lately and nobody wrote to it since.
  synchronized boolean covers(Key id, FileLook look) {
    Check check = checks.get(id);
    return check != null
        && check.look.equals(look)
        && nanoTime.getAsLong() - check.atNanos < VALID.toNanos();
  }

  synchronized void forget(Key id) {
    checks.remove(id);
  }
}
