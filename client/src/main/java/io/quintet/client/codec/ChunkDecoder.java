package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;
import io.quintet.manifest.Chunks;
import io.quintet.manifest.Generation;
import io.quintet.manifest.blob.Blob;
import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.Compression;
import java.util.List;

/// Makes chunks of blobs again. Owned by one thread.
public final class ChunkDecoder implements AutoCloseable {
  private final List<ChunkCipher> ciphers;
  private final Codecs codecs = new Codecs();

  /// @param generations the manifest's, whose keys the blobs were made with
  public ChunkDecoder(List<Generation> generations) {
    ciphers = generations.stream().map(generation -> new ChunkCipher(generation.key())).toList();
  }

  /// Decrypts and decompresses `blob` into `target`. What is written there before it fails means
  /// nothing.
  ///
  /// @param generation whose key it was made with
  /// @param chunk says where the bytes go, and how many they must be, not one more or less
  /// @throws CodecException when the blob is not such a chunk's
  public void decode(byte[] blob, int generation, Chunk chunk) throws CodecException {
    int length = chunk.length();
    if (length < 1 || length > Chunks.SIZE_BYTES || length > chunk.bytes().length) {
      throw new IllegalArgumentException("length: " + length + " (expected: 1..1 MiB)");
    }
    if (blob.length <= Blob.OVERHEAD_BYTES || blob.length > Blob.BYTES_MAX) {
      throw new CodecException("blob of " + blob.length + " bytes");
    }
    if (BlobHeader.parse(blob) == null) {
      throw new CodecException("blob without a header");
    }
    byte[] plain = ciphers.get(generation).open(blob);
    Codec codec = codecs.of(compression(plain[0]));
    int compressed = plain.length - Blob.CODEC_BYTES;
    codec.decompress(plain, Blob.CODEC_BYTES, compressed, chunk.bytes(), length);
  }

  private static Compression compression(byte codec) throws CodecException {
    try {
      return Compression.fromCodec(Byte.toUnsignedInt(codec));
    } catch (IllegalArgumentException e) {
      throw new CodecException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Frees native memory.
  @Override
  public void close() {
    codecs.close();
  }
}
