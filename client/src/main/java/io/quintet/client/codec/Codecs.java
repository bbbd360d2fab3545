package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;
import io.quintet.manifest.blob.Compression;

/// The codecs of one worker, each made once.
final class Codecs implements AutoCloseable {
  private final ZstdCodec zstd = new ZstdCodec();
  private final ZlibCodec zlib = new ZlibCodec();
  private final XzCodec xz = new XzCodec();

  private final Codec none =
      new Codec() {
        @Override
        public int compress(Chunk chunk, byte[] target) {
          // Storing raw is what the encoder does anyway when nothing was gained.
          return -1;
        }

        @Override
        public void decompress(byte[] source, Chunk chunk) throws CodecException {
          int length = source.length - Chunk.OFFSET;
          if (length != chunk.length()) {
            throw new CodecException(
                "raw: " + length + " bytes (expected: " + chunk.length() + ")");
          }
          System.arraycopy(source, Chunk.OFFSET, chunk.bytes(), Chunk.OFFSET, length);
        }
      };

  Codec of(Compression compression) {
    return switch (compression) {
      case NONE -> none;
      case ZLIB -> zlib;
      case XZ -> xz;
      case ZSTD -> zstd;
    };
  }

  @Override
  public void close() {
    zstd.close();
    zlib.close();
  }
}
