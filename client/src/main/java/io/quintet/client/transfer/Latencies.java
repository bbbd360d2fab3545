package io.quintet.client.transfer;

import java.time.Duration;
import java.util.Arrays;

/// How long answers took lately, and so how long to wait before another holder is asked as well.
/// Thread-safe.
final class Latencies {
  private static final int REMEMBERED = 64;
  private static final int ENOUGH = 8;
  private static final Duration DELAY_MIN = Duration.ofMillis(50);
  private static final Duration DELAY_MAX = Duration.ofSeconds(5);
  private static final Duration DELAY_AT_FIRST = Duration.ofSeconds(1);

  private final long[] nanos = new long[REMEMBERED];
  private long count;
  private Duration hedgeDelay = DELAY_AT_FIRST;

  synchronized void took(long latencyNanos) {
    nanos[(int) (count++ % REMEMBERED)] = latencyNanos;
    if (count % ENOUGH == 0) {
      hedgeDelay = fromPercentile();
    }
  }

  /// Twice the 95th percentile, within limits: only the slowest twentieth is asked for twice.
  synchronized Duration hedgeDelay() {
    return hedgeDelay;
  }

  private Duration fromPercentile() {
    long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, REMEMBERED));
    Arrays.sort(sorted);
    Duration delay = Duration.ofNanos(2 * sorted[sorted.length * 95 / 100]);
    if (delay.compareTo(DELAY_MIN) < 0) {
      return DELAY_MIN;
    }
    return delay.compareTo(DELAY_MAX) > 0 ? DELAY_MAX : delay;
  }
}
