package io.quintet.client.download;

import io.quintet.client.chunk.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The chunks as one stream, up to the first that is lost. Owned by one thread.
final class ChunkStream extends InputStream {
  /// A stage of the pipeline failed while somebody read.
  static final class StageFailure extends IOException {
    private static final long serialVersionUID = 1L;

    StageFailure(ExecutionException cause) {
      super(cause);
    }
  }

  private final PlainChunks chunks;
  private @Nullable Chunk current;
  private int taken;

  ChunkStream(PlainChunks chunks) {
    this.chunks = chunks;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    Chunk chunk = current;
    if (chunk == null || taken == chunk.length()) {
      chunk = advance();
      current = chunk;
      taken = 0;
    }
    if (chunk == null) {
      return -1;
    }
    int given = Math.min(length, chunk.length() - taken);
    System.arraycopy(chunk.bytes(), Chunk.OFFSET + taken, target, offset, given);
    taken += given;
    return given;
  }

  private @Nullable Chunk advance() throws IOException {
    try {
      Chunk next = chunks.next();
      // A stream cannot have a hole.
      return chunks.isAnyLost() ? null : next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw new StageFailure(e);
    }
  }
}
