package io.quintet.client.codec;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// zlib streams (RFC 1950), one per chunk.
final class ZlibCodec implements Codec {
  private @Nullable Deflater deflater;
  private @Nullable Inflater inflater;

  @Override
  public int compress(byte[] plain, int length, byte[] target, int offset, int room) {
    if (deflater == null) {
      deflater = new Deflater();
    }
    deflater.reset();
    deflater.setInput(plain, 0, length);
    deflater.finish();
    int written = deflater.deflate(target, offset, room);
    return deflater.finished() ? written : -1;
  }

  @Override
  public void decompress(byte[] source, int offset, int length, byte[] target, int plainLength)
      throws CodecException {
    if (inflater == null) {
      inflater = new Inflater();
    }
    inflater.reset();
    inflater.setInput(source, offset, length);
    try {
      int got = inflater.inflate(target, 0, plainLength);
      int more = inflater.finished() ? 0 : inflater.inflate(new byte[1]);
      if (got != plainLength || more != 0 || !inflater.finished() || inflater.getRemaining() != 0) {
        throw new CodecException("zlib: not one stream of " + plainLength + " bytes");
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
