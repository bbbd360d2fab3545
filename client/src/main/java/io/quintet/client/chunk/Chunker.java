package io.quintet.client.chunk;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.manifest.Chunks;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Reads a stream as chunks of [Chunks#SIZE_BYTES], the last of which may be shorter. Used by one
/// thread at a time; leaves the stream open.
public final class Chunker {
  private final InputStream in;
  private int next;

  /// Reads nothing yet.
  public Chunker(InputStream in) {
    this.in = in;
  }

  /// The next chunk, or null at the end.
  ///
  /// @param room the array of the chunk that is returned, [Chunk#ROOM_BYTES] long
  /// @throws UserException with `REFUSED` when the stream is longer than a manifest can describe
  public @Nullable Chunk next(byte[] room) throws IOException {
    int length = in.readNBytes(room, Chunk.OFFSET, Chunks.SIZE_BYTES);
    if (length == 0) {
      return null;
    }
    if (next == Chunks.COUNT_MAX) {
      throw new UserException(
          ExitCode.REFUSED,
          "the source is larger than " + Chunks.FILE_BYTES_MAX + " bytes",
          "put it in several parts");
    }
    return new Chunk(next++, room, length);
  }
}
