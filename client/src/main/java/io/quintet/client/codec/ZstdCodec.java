package io.quintet.client.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import org.jspecify.annotations.Nullable;

/// Zstandard (RFC 8878), one frame per chunk. Whole-buffer decompression needs no window of its
/// own, whatever a frame claims.
final class ZstdCodec implements Codec {
  // Level 1 meets the rate that the pipeline must keep, at nearly the ratio of level 3.
  private static final int LEVEL = 1;

  private @Nullable ZstdCompressCtx compressor;
  private @Nullable ZstdDecompressCtx decompressor;

  @Override
  public int compress(byte[] plain, int length, byte[] target, int offset, int room) {
    if (compressor == null) {
      compressor = new ZstdCompressCtx().setLevel(LEVEL);
    }
    try {
      return compressor.compressByteArray(target, offset, room, plain, 0, length);
    } catch (ZstdException e) {
      // It does not fit: the one way in which this call can fail.
      return -1;
    }
  }

  @Override
  public void decompress(byte[] source, int offset, int length, byte[] target, int plainLength)
      throws CodecException {
    if (decompressor == null) {
      decompressor = new ZstdDecompressCtx();
    }
    try {
      int got = decompressor.decompressByteArray(target, 0, plainLength, source, offset, length);
      if (got != plainLength) {
        throw new CodecException("zstd: " + got + " bytes (expected: " + plainLength + ")");
      }
    } catch (ZstdException e) {
      throw new CodecException("zstd: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (compressor != null) {
      compressor.close();
    }
    if (decompressor != null) {
      decompressor.close();
    }
  }
}
