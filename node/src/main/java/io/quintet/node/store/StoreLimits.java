package io.quintet.node.store;

/// How much of a volume a store may fill.
///
/// @param capacityBytes the sum of chunk sizes, at least 1; `Long.MAX_VALUE`: all but the reserve
/// @param reserveBytes free space of the volume that is never touched, at least 0; negative is
///   refused
public record StoreLimits(long capacityBytes, long reserveBytes) {
  /// The smallest reserve of a real node.
  public static final long RESERVE_BYTES_MIN = 256L << 20;

  /// Refuses nonsense.
  public StoreLimits {
    if (capacityBytes < 1) {
      throw new IllegalArgumentException("capacity: " + capacityBytes + " (expected: at least 1)");
    }
    if (reserveBytes < 0) {
      throw new IllegalArgumentException("reserve: " + reserveBytes + " (expected: at least 0)");
    }
  }

  /// The reserve of a volume of `totalBytes`: one percent, at least [#RESERVE_BYTES_MIN].
  public static long defaultReserveBytes(long totalBytes) {
    return Math.max(totalBytes / 100, RESERVE_BYTES_MIN);
  }
}
