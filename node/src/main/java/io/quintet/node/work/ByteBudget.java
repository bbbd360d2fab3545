package io.quintet.node.work;

import java.time.Duration;

/// So many bytes per second, with a burst of one second. Safe for many threads.
public final class ByteBudget {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MonotonicTime time;
  private final long bytesPerSecond;
  private double available;
  private long filledNanos;

  /// @param bytesPerSecond at least 1
  public ByteBudget(MonotonicTime time, long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytesPerSecond: " + bytesPerSecond + " (expected: 1..)");
    }
    this.time = time;
    this.bytesPerSecond = bytesPerSecond;
    this.available = bytesPerSecond;
    this.filledNanos = time.nanos();
  }

  /// What the budget allows per second.
  public long bytesPerSecond() {
    return bytesPerSecond;
  }

  /// Spends `bytes`, into debt if need be.
  ///
  /// @return how long to pause before the next spending: zero while there is no debt
  public synchronized Duration spend(long bytes) {
    fill();
    available -= bytes;
    return pause();
  }

  /// How long to pause before the next spending: zero while there is no debt.
  public synchronized Duration debt() {
    fill();
    return pause();
  }

  private void fill() {
    long now = time.nanos();
    double earned = (now - filledNanos) / NANOS_PER_SECOND * bytesPerSecond;
    available = Math.min((double) bytesPerSecond, available + earned);
    filledNanos = now;
  }

  private Duration pause() {
    return available >= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) (-available / bytesPerSecond * NANOS_PER_SECOND) + 1);
  }
}
