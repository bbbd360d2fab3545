package io.quintet.client.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.chunk.Chunk;
import io.quintet.manifest.Chunks;
import org.jspecify.annotations.Nullable;

/// Zstandard (RFC 8878), one frame per chunk. Whole-buffer decompression needs no window of its
/// own, whatever a frame claims.
final class ZstdCodec implements Codec {
  // Level 1 meets the rate that the pipeline must keep, at nearly the ratio of level 3.
  private static final int LEVEL = 1;

  // As long as a chunk. The level's own is half of that, which compresses less and is no faster.
  private static final int WINDOW_LOG = Integer.numberOfTrailingZeros(Chunks.SIZE_BYTES);

  private @Nullable ZstdCompressCtx compressor;
  private @Nullable ZstdDecompressCtx decompressor;

  @Override
  public int compress(Chunk chunk, byte[] target) {
    if (compressor == null) {
      load();
      compressor = new ZstdCompressCtx().setLevel(LEVEL);
      compressor.setWindowLog(WINDOW_LOG);
    }
    try {
      return compressor.compressByteArray(
          target, Chunk.OFFSET, chunk.length() - 1, chunk.bytes(), Chunk.OFFSET, chunk.length());
    } catch (ZstdException e) {
      // It does not fit: the one way in which this call can fail.
      return -1;
    }
  }

  @Override
  public void decompress(byte[] source, Chunk chunk) throws CodecException {
    if (decompressor == null) {
      load();
      decompressor = new ZstdDecompressCtx();
    }
    try {
      int got =
          decompressor.decompressByteArray(
              chunk.bytes(),
              Chunk.OFFSET,
              chunk.length(),
              source,
              Chunk.OFFSET,
              source.length - Chunk.OFFSET);
      if (got != chunk.length()) {
        throw new CodecException("zstd: " + got + " bytes (expected: " + chunk.length() + ")");
      }
    } catch (ZstdException e) {
      throw new CodecException("zstd: " + e.getMessage(), e);
    }
  }

  /// Loads zstd's native code, once per process.
  ///
  /// @throws UserException with `REFUSED` when it was not there and could not be unpacked
  private static void load() {
    try {
      Native.load();
    } catch (LinkageError e) {
      throw new UserException(
          ExitCode.REFUSED,
          "cannot load zstd's native code: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "make room in /tmp and let programs run there, or set"
              + " QUINTET_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
          e);
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
