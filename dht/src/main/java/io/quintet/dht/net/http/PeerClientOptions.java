package io.quintet.dht.net.http;

import java.time.Duration;

/// Bounds of an [HttpPeerClient]; immutable and validated.
///
/// @param connectionsPerNodeMax open connections to one node
/// @param waitingPerNodeMax calls that wait for one of them; more fail at once
/// @param connectTimeout for a TCP connection
/// @param progressTimeout without a single byte, after which a call is given up
/// @param baseTimeout of a whole call, to which the time for its body is added
/// @param bytesPerSecondMin the slowest body that is waited for
public record PeerClientOptions(
    int connectionsPerNodeMax,
    int waitingPerNodeMax,
    Duration connectTimeout,
    Duration progressTimeout,
    Duration baseTimeout,
    int bytesPerSecondMin) {
  /// Refuses values that cannot work.
  public PeerClientOptions {
    positive("connectionsPerNodeMax", connectionsPerNodeMax);
    positive("waitingPerNodeMax", waitingPerNodeMax);
    positive("connectTimeout", connectTimeout.toMillis());
    positive("progressTimeout", progressTimeout.toMillis());
    positive("baseTimeout", baseTimeout.toMillis());
    positive("bytesPerSecondMin", bytesPerSecondMin);
  }

  /// What production runs with.
  public static PeerClientOptions defaults() {
    return new PeerClientOptions(
        8,
        1_024,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        64 * 1_024);
  }

  /// How long a call that moves `bytes` may take in all.
  public Duration timeoutFor(long bytes) {
    return baseTimeout.plusMillis(1_000 * bytes / bytesPerSecondMin);
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
    }
  }
}
