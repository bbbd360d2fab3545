package io.quintet.client.progress;

/// A smoothed rate: an exponentially weighted mean, so that one slow chunk does not make the
/// estimate jump and a change shows within some seconds. Not thread-safe.
final class TransferRate {
  private static final double TIME_CONSTANT_SECONDS = 3;

  private double bytesPerSecond;
  private double weight;
  private long lastNanos;
  private long lastBytes;

  /// Begins to measure.
  void start(long nowNanos) {
    bytesPerSecond = 0;
    weight = 0;
    lastNanos = nowNanos;
    lastBytes = 0;
  }

  /// Takes the count of bytes done so far.
  void observe(long nowNanos, long bytesDone) {
    double seconds = (nowNanos - lastNanos) / 1e9;
    if (seconds <= 0) {
      return;
    }
    double share = 1 - Math.exp(-seconds / TIME_CONSTANT_SECONDS);
    double current = Math.max(0, bytesDone - lastBytes) / seconds;
    bytesPerSecond += share * (current - bytesPerSecond);
    weight += share * (1 - weight);
    lastNanos = nowNanos;
    lastBytes = bytesDone;
  }

  /// Bytes per second; 0 before anything was measured.
  double bytesPerSecond() {
    // The mean starts at zero; dividing by the weight seen so far removes that bias.
    return weight == 0 ? 0 : bytesPerSecond / weight;
  }
}
