package io.quintet.node.store;

import java.io.IOException;

/// Says whether one more chunk fits: below the capacity, above the volume's reserve, and counting
/// every upload in flight as if it were stored already. Safe for many threads.
final class Room {
  private final StoreLimits limits;
  private final Volume volume;
  private final ChunkIndex index;
  private long inFlightBytes;

  Room(StoreLimits limits, Volume volume, ChunkIndex index) {
    this.limits = limits;
    this.volume = volume;
    this.index = index;
  }

  /// Sets `bytes` aside until [#release].
  synchronized void take(int bytes) throws StoreException {
    long free = freeBytes();
    if (bytes > free) {
      throw new StoreException(
          StoreException.Kind.NO_ROOM,
          "no room for " + bytes + " bytes (free: " + free + ", after the reserve)");
    }
    inFlightBytes += bytes;
  }

  synchronized void release(int bytes) {
    inFlightBytes -= bytes;
  }

  /// What would be accepted now.
  synchronized long freeBytes() throws StoreException {
    try {
      long below = limits.capacityBytes() - index.bytes() - inFlightBytes;
      long above = volume.usableBytes() - limits.reserveBytes() - inFlightBytes;
      return Math.max(0, Math.min(below, above));
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "cannot ask the volume for its free space", e);
    }
  }
}
