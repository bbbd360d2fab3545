package io.quintet.client.codec;

import io.quintet.manifest.blob.Compression;

/// The codecs of one worker, each made once.
final class Codecs implements AutoCloseable {
  private final ZstdCodec zstd = new ZstdCodec();
  private final ZlibCodec zlib = new ZlibCodec();
  private final XzCodec xz = new XzCodec();

  private final Codec none =
      new Codec() {
        @Override
        public int compress(byte[] plain, int length, byte[] target, int offset, int room) {
          // Storing raw is what the encoder does anyway when nothing was gained.
          return -1;
        }

        @Override
        public void decompress(
            byte[] source, int offset, int length, byte[] target, int plainLength)
            throws CodecException {
          if (length != plainLength) {
            throw new CodecException("raw: " + length + " bytes (expected: " + plainLength + ")");
          }
          System.arraycopy(source, offset, target, 0, length);
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
