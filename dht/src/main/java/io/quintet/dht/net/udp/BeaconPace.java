package io.quintet.dht.net.udp;

import java.util.random.RandomGenerator;

/// When a node says HELLO: often at start, every two seconds in a small network, and less often the
/// more nodes there are, so that the whole network sends a bounded number per second.
final class BeaconPace {
  private static final int STARTS = 3;
  private static final long START_GAP_MILLIS = 200;
  private static final long MIN_MILLIS = 2_000;
  private static final long MAX_MILLIS = 30_000;
  private static final int NODES_PER_SECOND = 20;

  private BeaconPace() {}

  /// How long to wait after HELLO number `sent`.
  ///
  /// @param nodesSeen how many nodes are known
  static long nextMillis(long sent, int nodesSeen, RandomGenerator random) {
    long base =
        sent < STARTS
            ? START_GAP_MILLIS
            : Math.clamp(1_000L * nodesSeen / NODES_PER_SECOND, MIN_MILLIS, MAX_MILLIS);
    return base - base / 10 + random.nextLong(base / 5);
  }

  /// How long to wait with an answer, so that not all nodes answer in the same instant.
  static long answerDelayMillis(int nodesSeen, RandomGenerator random) {
    return 1 + random.nextLong(Math.clamp(nodesSeen / 4, 3, 100));
  }
}
