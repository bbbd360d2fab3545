package io.quintet.node.service.replicas;

/// How fast this node repairs: what it did lately, never more than its budget allows. Safe for many
/// threads.
final class RepairRate {
  private static final double NANOS_PER_SECOND = 1e9;

  /// How much the last measurement counts beside all before it.
  private static final double WEIGHT = 0.2;

  private final long budget;
  private double known;

  /// @param budget bytes per second; also what is assumed before anything was measured
  RepairRate(long budget) {
    this.budget = budget;
    this.known = budget;
  }

  /// So many bytes were copied in so much time.
  synchronized void measured(long bytes, long nanos) {
    if (bytes > 0 && nanos > 0) {
      double now = Math.min((double) budget, bytes * NANOS_PER_SECOND / nanos);
      known += WEIGHT * (now - known);
    }
  }

  /// At least 1.
  synchronized long bytesPerSecond() {
    return Math.max(1, (long) known);
  }
}
