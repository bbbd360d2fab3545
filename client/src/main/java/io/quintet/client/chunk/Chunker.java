package io.quintet.client.chunk;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.manifest.Chunks;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Reads a stream as chunks of [Chunks#SIZE_BYTES], the last of which may be shorter. Owned by one
/// thread; leaves the stream open.
public final class Chunker {
  private final InputStream in;
  private final BufferPool buffers;
  private int next;

  /// @param buffers where the arrays of the chunks come from
  public Chunker(InputStream in, BufferPool buffers) {
    this.in = in;
    this.buffers = buffers;
  }

  /// The next chunk, or null at the end.
  ///
  /// @throws UserException with `REFUSED` when the stream is longer than a manifest can describe
  public @Nullable Chunk next() throws IOException {
    byte[] buffer = buffers.take();
    int length = in.readNBytes(buffer, 0, Chunks.SIZE_BYTES);
    if (length == 0) {
      buffers.give(buffer);
      return null;
    }
    if (next == Chunks.COUNT_MAX) {
      throw new UserException(
          ExitCode.REFUSED,
          "the source is larger than " + Chunks.FILE_BYTES_MAX + " bytes",
          "put it in several parts");
    }
    return new Chunk(next++, buffer, length);
  }
}
