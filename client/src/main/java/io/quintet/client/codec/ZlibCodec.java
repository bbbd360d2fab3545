package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// zlib streams (RFC 1950), one per chunk.
final class ZlibCodec implements Codec {
  private @Nullable Deflater deflater;
  private @Nullable Inflater inflater;

  @Override
  public int compress(Chunk chunk, byte[] target) {
    if (deflater == null) {
      deflater = new Deflater();
    }
    deflater.reset();
    deflater.setInput(chunk.bytes(), Chunk.OFFSET, chunk.length());
    deflater.finish();
    int written = deflater.deflate(target, Chunk.OFFSET, chunk.length() - 1);
    return deflater.finished() ? written : -1;
  }

  @Override
  public void decompress(byte[] source, Chunk chunk) throws CodecException {
    if (inflater == null) {
      inflater = new Inflater();
    }
    inflater.reset();
    inflater.setInput(source, Chunk.OFFSET, source.length - Chunk.OFFSET);
    try {
      int got = inflater.inflate(chunk.bytes(), Chunk.OFFSET, chunk.length());
      int more = inflater.finished() ? 0 : inflater.inflate(new byte[1]);
      boolean whole = got == chunk.length() && more == 0 && inflater.finished();
      if (!whole || inflater.getRemaining() != 0) {
        throw new CodecException("zlib: not one stream of " + chunk.length() + " bytes");
      }
    } catch (DataFormatException e) {
      throw new CodecException("zlib: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
    }
    if (inflater != null) {
      inflater.end();
    }
  }
}
