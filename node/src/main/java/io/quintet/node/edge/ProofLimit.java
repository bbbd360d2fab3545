package io.quintet.node.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How many proofs are made: a few at once, and so many per second that they cost a fraction of a
/// processor. One source gets half of that, so that no stranger can keep the others from asking.
/// Safe for many threads.
final class ProofLimit {
  private static final int AT_ONCE_MAX = 8;
  private static final int PER_SECOND_MAX = 256;
  private static final int PER_SECOND_AND_SOURCE_MAX = PER_SECOND_MAX / 2;
  private static final int SOURCES_MAX = 1_024;
  private static final long SECOND_NANOS = 1_000_000_000;

  private final LongSupplier nanos;
  private final Map<String, Integer> bySource = new LinkedHashMap<>();
  private int running;
  private int begun;
  private long windowStart;

  /// @param nanos a monotonic clock
  ProofLimit(LongSupplier nanos) {
    this.nanos = nanos;
    this.windowStart = nanos.getAsLong();
  }

  /// Whether `source` may have a proof made now; then the caller says when it is over.
  synchronized boolean tryBegin(String source) {
    long now = nanos.getAsLong();
    if (now - windowStart >= SECOND_NANOS) {
      windowStart = now;
      begun = 0;
      bySource.clear();
    }
    int ofSource = bySource.getOrDefault(source, 0);
    boolean known = ofSource > 0 || bySource.size() < SOURCES_MAX;
    if (!known
        || running >= AT_ONCE_MAX
        || begun >= PER_SECOND_MAX
        || ofSource >= PER_SECOND_AND_SOURCE_MAX) {
      return false;
    }
    running++;
    begun++;
    bySource.put(source, ofSource + 1);
    return true;
  }

  synchronized void end() {
    running--;
  }
}
