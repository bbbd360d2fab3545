package io.quintet.client.codec;

import io.quintet.client.chunk.BufferPool;
import io.quintet.client.chunk.Chunk;
import io.quintet.manifest.Chunks;
import io.quintet.manifest.Generation;
import io.quintet.manifest.blob.Blob;
import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.merkle.MerkleTree;
import java.util.List;

/// Makes chunks of blobs again. Owned by one thread.
public final class ChunkDecoder implements AutoCloseable {
  private static final int PREPARE_BYTES = 16 << 10;

  private final List<ChunkCipher> ciphers;
  private final Codecs codecs = new Codecs();

  /// @param generations the manifest's, whose keys the blobs were made with
  public ChunkDecoder(List<Generation> generations) {
    ciphers = generations.stream().map(generation -> new ChunkCipher(generation.key())).toList();
  }

  /// Decrypts and decompresses `blob`; the caller owns the chunk's array.
  ///
  /// @param generation whose key it was made with
  /// @param index the chunk's position in the file
  /// @param length how many bytes it must have, not one more or less
  /// @param buffers where the chunk's array comes from
  /// @throws CodecException when the blob is not such a chunk's
  public Chunk decode(byte[] blob, int generation, int index, int length, BufferPool buffers)
      throws CodecException {
    if (length < 1 || length > Chunks.SIZE_BYTES) {
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
    Chunk chunk = new Chunk(index, buffers.take(), length);
    codec.decompress(plain, chunk);
    return chunk;
  }

  /// Decrypts and hashes a little of nothing, so that the JVM compiles what does it while there is
  /// nothing to decode yet.
  public void prepare() {
    ChunkCipher cipher = ciphers.getFirst();
    byte[] header = new byte[BlobHeader.BYTES];
    try {
      byte[] opened = cipher.open(cipher.seal(new byte[PREPARE_BYTES], header));
      byte[] hash = MerkleTree.leafHash(opened, 0, opened.length);
      assert hash.length == MerkleTree.HASH_BYTES;
    } catch (CodecException e) {
      throw new IllegalStateException("AES-256-GCM does not open what it sealed", e);
    }
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
