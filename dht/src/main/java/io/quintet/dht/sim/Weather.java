package io.quintet.dht.sim;

/// What the simulated network does to messages: each fact is a function of the seed, the pair of
/// nodes and the message's number.
///
/// @param latencyMillisMin of the nearest pair of nodes
/// @param latencyMillisMax of the farthest pair
/// @param jitterMillisMax added per message, which reorders them
/// @param loss share of messages that vanish, 0 to 1
/// @param duplication share of messages that arrive twice, 0 to 1
public record Weather(
    int latencyMillisMin,
    int latencyMillisMax,
    int jitterMillisMax,
    double loss,
    double duplication) {

  private static final long LATENCY = 1;
  private static final long JITTER = 2;
  private static final long LOSS = 3;
  private static final long DUPLICATION = 4;

  /// Refuses what no network does.
  public Weather {
    if (latencyMillisMin < 1 || latencyMillisMax < latencyMillisMin || jitterMillisMax < 0) {
      throw new IllegalArgumentException(
          "latency and jitter: %d, %d, %d ms (expected: 1 or more, growing)"
              .formatted(latencyMillisMin, latencyMillisMax, jitterMillisMax));
    }
    if (!(loss >= 0 && loss <= 1 && duplication >= 0 && duplication <= 1)) {
      throw new IllegalArgumentException(
          "loss and duplication: " + loss + ", " + duplication + " (expected: 0 to 1)");
    }
  }

  /// Between 5 and 80 ms, one message in a hundred lost, one in a hundred doubled.
  public static Weather ordinary() {
    return new Weather(5, 60, 20, 0.01, 0.01);
  }

  /// As ordinary, but one message in ten is lost.
  public static Weather stormy() {
    return new Weather(5, 60, 20, 0.1, 0.01);
  }

  long delayMillis(long seed, long pair, long number) {
    int spread = latencyMillisMax - latencyMillisMin + 1;
    int base = latencyMillisMin + Math.floorMod(Mix.of(seed ^ LATENCY, pair), spread);
    return (long) base + Math.floorMod(Mix.of(seed ^ JITTER, pair, number), jitterMillisMax + 1);
  }

  boolean loses(long seed, long pair, long number) {
    return loss > 0 && Mix.fraction(Mix.of(seed ^ LOSS, pair, number)) < loss;
  }

  boolean doubles(long seed, long pair, long number) {
    return duplication > 0 && Mix.fraction(Mix.of(seed ^ DUPLICATION, pair, number)) < duplication;
  }

  static long pair(int from, int to) {
    return ((long) Math.min(from, to) << 32) | Math.max(from, to);
  }
}
