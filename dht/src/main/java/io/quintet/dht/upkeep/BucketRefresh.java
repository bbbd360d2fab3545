package io.quintet.dht.upkeep;

import io.quintet.dht.id.Key;
import io.quintet.dht.routing.RoutingTable;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Refreshes the buckets that no lookup went through for a while (Kademlia, section 2.3), by a
/// lookup of a random key of the bucket's range.
///
/// One refresh runs at a time. Buckets deeper than the nearest contact are empty by nature and are
/// served by the refresh of the deepest one.
public final class BucketRefresh {
  /// A bucket with so many contacts finds its way without a refresh.
  private static final int ENOUGH = 8;

  private final Key self;
  private final long intervalMillis;
  private final RandomGenerator random;
  private long[] touchedAt = new long[0];
  private long nextAt = Long.MAX_VALUE;
  private boolean running;

  /// @param random draws the targets
  public BucketRefresh(Key self, long intervalMillis, RandomGenerator random) {
    this.self = self;
    this.intervalMillis = intervalMillis;
    this.random = random;
  }

  /// Every bucket beyond the owner's neighbourhood with few contacts is to be refreshed from now
  /// on: what is nearer, a lookup of the own id has just brought.
  public void refreshFar(long now, RoutingTable table) {
    grow(now, table);
    int far = Math.min(table.densityBits(), touchedAt.length);
    for (int bucket = 0; bucket < far; bucket++) {
      if (table.bucketSize(bucket) < ENOUGH) {
        touchedAt[bucket] = now - intervalMillis;
      }
    }
    nextAt = now;
  }

  /// A lookup for `target` was made, which refreshes its bucket.
  public void touched(long now, Key target) {
    int bucket = self.commonPrefixLength(target);
    if (bucket < touchedAt.length) {
      touchedAt[bucket] = now;
    }
  }

  /// What to look up now; null when nothing is due. A lookup ends by [#finished].
  public @Nullable Key due(long now, RoutingTable table) {
    if (running || nextAt > now) {
      return null;
    }
    grow(now, table);
    int oldest = -1;
    for (int i = 0; i <= Math.min(table.deepestBucket(), touchedAt.length - 1); i++) {
      if (oldest < 0 || touchedAt[i] < touchedAt[oldest]) {
        oldest = i;
      }
    }
    if (oldest < 0) {
      nextAt = Long.MAX_VALUE;
      return null;
    }
    if (now - touchedAt[oldest] < intervalMillis) {
      nextAt = touchedAt[oldest] + intervalMillis;
      return null;
    }
    touchedAt[oldest] = now;
    running = true;
    nextAt = Long.MAX_VALUE;
    return self.withRandomTail(oldest, random);
  }

  /// The lookup is over.
  public void finished(long now) {
    running = false;
    nextAt = now;
  }

  /// When [#due] wants to be called; Long.MAX_VALUE for not before an event.
  public long nextWakeup() {
    return running ? Long.MAX_VALUE : nextAt;
  }

  private void grow(long now, RoutingTable table) {
    int wanted = table.deepestBucket() + 1;
    if (wanted > touchedAt.length) {
      int had = touchedAt.length;
      touchedAt = Arrays.copyOf(touchedAt, wanted);
      Arrays.fill(touchedAt, had, wanted, now);
    }
  }
}
