package io.quintet.client.chunk;

import java.util.concurrent.LinkedBlockingDeque;

/// Arrays for chunks that go round, so that a long transfer does not allocate a megabyte per chunk.
/// The one used last, which the processor's cache may still hold, is the next one used.
/// Thread-safe.
public final class BufferPool {
  private final LinkedBlockingDeque<byte[]> idle;

  /// @param idleMax how many arrays are kept while nobody uses them
  public BufferPool(int idleMax) {
    idle = new LinkedBlockingDeque<>(idleMax);
  }

  /// An array of [Chunk#ROOM_BYTES] with any content. Never waits: the number in use is bounded by
  /// the window of the pipeline that asks.
  public byte[] take() {
    byte[] buffer = idle.pollFirst();
    return buffer == null ? new byte[Chunk.ROOM_BYTES] : buffer;
  }

  /// Gives `buffer` back; the caller must not touch it any more.
  public void give(byte[] buffer) {
    // One too many is left to the garbage collector.
    boolean kept = idle.offerFirst(buffer);
    assert kept || idle.remainingCapacity() == 0;
  }
}
