package io.quintet.node.tombstone;

/// How many tombstones a node keeps.
///
/// @param heldMax of chunks that it deleted itself; beyond them it deletes no more
/// @param foreignMax of chunks that others say were deleted
public record TombstoneLimits(int heldMax, int foreignMax) {
  /// Some 20 MB of memory and 80 MB of disk when full.
  public static final TombstoneLimits DEFAULT = new TombstoneLimits(1_000_000, 100_000);

  /// Refuses nonsense.
  public TombstoneLimits {
    if (heldMax < 1 || foreignMax < 0) {
      throw new IllegalArgumentException(
          "tombstones: " + heldMax + " and " + foreignMax + " (expected: at least 1 and 0)");
    }
  }
}
