package io.quintet.node.edge;

import java.time.Duration;

/// The bounds of the front door. Tests shorten the times.
///
/// @param headerTime how long a request's header may take from its first byte, and a new connection
///   from its start
/// @param idleTime how long a kept-alive connection may be silent between requests
/// @param transferGrace what a body may take in addition to its size by [#BYTES_PER_SECOND_MIN]
/// @param progressTime how long a body may stand still
/// @param connectionsMax open connections
/// @param bodiesMax chunk bodies in flight
/// @param stopTime how long a stop waits for bodies in flight
public record EdgeLimits(
    Duration headerTime,
    Duration idleTime,
    Duration transferGrace,
    Duration progressTime,
    int connectionsMax,
    int bodiesMax,
    Duration stopTime) {
  /// All headers of a request together.
  public static final int HEADER_BYTES_MAX = 8 << 10;

  /// The request line.
  public static final int REQUEST_LINE_BYTES_MAX = 4 << 10;

  /// The slowest acceptable transfer.
  public static final int BYTES_PER_SECOND_MIN = 64 << 10;

  /// What is read from one connection at once; an upload holds up to so much above its batches.
  public static final int READ_BYTES_MAX = 256 << 10;

  /// A JSON body that names no list.
  public static final int JSON_BYTES_MAX = 64 << 10;

  /// A JSON body with a batch of keys.
  public static final int JSON_BATCH_BYTES_MAX = 1 << 20;

  /// Nesting of a JSON body.
  public static final int JSON_DEPTH_MAX = 16;

  /// What a listener may send in one frame; it has nothing to say.
  public static final int WEBSOCKET_BYTES_MAX = 1 << 10;

  /// JSON bodies in flight, all together.
  public static final int JSON_BYTES_IN_FLIGHT_MAX = 8 << 20;

  /// What a real node uses.
  public static EdgeLimits standard() {
    return new EdgeLimits(
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        1_024,
        64,
        Duration.ofSeconds(10));
  }

  /// How long a body of `sizeBytes` may take in all.
  Duration transferTime(long sizeBytes) {
    return transferGrace.plusMillis(sizeBytes * 1_000 / BYTES_PER_SECOND_MIN);
  }
}
