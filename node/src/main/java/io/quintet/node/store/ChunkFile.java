package io.quintet.node.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The temporary file of one upload, written from its first byte to its last: through the page
/// cache, or past it. For one thread at a time.
///
/// Past the cache go whole blocks, as many as there are at once. The few bytes after the last of
/// them go the ordinary way, and so does everything from the moment on that a file system refuses.
final class ChunkFile implements AutoCloseable {
  private static final int STEP_BYTES = 320 << 10;

  /// One for each of the few threads that write.
  private static final ThreadLocal<ByteBuffer> STEP =
      ThreadLocal.withInitial(() -> DirectIo.allocate(STEP_BYTES));

  private final Volume volume;
  private final FileChannel file;
  private @Nullable FileChannel direct;
  private boolean anyDirect;

  /// What came after the last whole block.
  private final byte[] tail;

  private int tailBytes;

  /// Creates `path`, which must not exist.
  ///
  /// @param uncached past the page cache, where the file system can
  ChunkFile(Volume volume, Path path, boolean uncached) throws IOException {
    this.volume = volume;
    this.file = volume.create(path);
    this.direct = uncached ? volume.openDirect(path) : null;
    this.tail = new byte[direct == null ? 0 : DirectIo.BLOCK_BYTES];
  }

  /// Appends all remaining bytes of each buffer.
  void write(List<ByteBuffer> batch) throws IOException {
    if (direct == null) {
      finish();
      for (ByteBuffer bytes : batch) {
        volume.write(file, bytes);
      }
      return;
    }
    ByteBuffer step = STEP.get().clear().put(tail, 0, tailBytes);
    for (ByteBuffer bytes : batch) {
      while (bytes.hasRemaining()) {
        int length = Math.min(step.remaining(), bytes.remaining());
        step.put(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        if (!step.hasRemaining()) {
          writeBlocks(step);
        }
      }
    }
    writeBlocks(step);
    tailBytes = step.position();
    step.flip().get(tail, 0, tailBytes);
  }

  /// Writes what `step` holds of whole blocks, and leaves the rest at its beginning.
  private void writeBlocks(ByteBuffer step) throws IOException {
    int end = step.position();
    int whole = end - end % DirectIo.BLOCK_BYTES;
    step.flip().limit(whole);
    if (step.hasRemaining()) {
      writeDirect(step);
    }
    step.limit(end).position(whole);
    step.compact();
  }

  private void writeDirect(ByteBuffer blocks) throws IOException {
    FileChannel uncached = direct;
    if (uncached != null) {
      try {
        volume.write(uncached, blocks);
        anyDirect = true;
        return;
      } catch (IOException e) {
        // Some file systems refuse only now. The ordinary write meets any true failure, and tells.
        direct = null;
        file.position(uncached.position());
        uncached.close();
      }
    }
    volume.write(file, blocks);
  }

  /// Writes what is left, after which the file is complete but not durable.
  void finish() throws IOException {
    if (tailBytes == 0) {
      return;
    }
    FileChannel uncached = direct;
    if (uncached != null) {
      file.position(uncached.position());
    }
    volume.write(file, ByteBuffer.wrap(tail, 0, tailBytes));
    tailBytes = 0;
  }

  /// Makes the content durable.
  void force() throws IOException {
    volume.force(file);
  }

  /// Whether the page cache holds what was written.
  boolean isCached() {
    return !anyDirect;
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      FileChannel uncached = direct;
      if (uncached != null) {
        uncached.close();
      }
    }
  }
}
