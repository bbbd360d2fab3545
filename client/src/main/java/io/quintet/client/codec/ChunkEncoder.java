package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;
import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.manifest.Chunks;
import io.quintet.manifest.Generation;
import io.quintet.manifest.blob.Blob;
import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.ChunkId;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.DeleteSecret;
import io.quintet.manifest.merkle.MerkleTree;
import java.util.Arrays;

/// Makes blobs of chunks for one upload. Owned by one thread.
public final class ChunkEncoder implements AutoCloseable {
  private final Generation generation;
  private final Compression compression;
  private final int replicas;
  private final RepeatedChunks repeated;
  private final ChunkCipher cipher;
  private final Codecs codecs = new Codecs();
  // One codec byte and then the chunk, which is never longer than when it is stored raw.
  private final byte[] scratch = new byte[Blob.CODEC_BYTES + Chunks.SIZE_BYTES];

  /// @param generation the upload's secrets
  /// @param compression what to try; chunks that do not shrink are stored raw
  /// @param replicas what the blobs' headers ask for
  /// @param repeated shared by all encoders of the upload
  public ChunkEncoder(
      Generation generation, Compression compression, int replicas, RepeatedChunks repeated) {
    this.generation = generation;
    this.compression = compression;
    this.replicas = replicas;
    this.repeated = repeated;
    this.cipher = new ChunkCipher(generation.key());
  }

  /// Hashes `chunk`, and encodes it unless an equal one came before. Does not change it.
  ///
  /// @throws InterruptedException when it is interrupted while chunks before this one are hashed
  public EncodedChunk encode(Chunk chunk) throws InterruptedException {
    byte[] leafHash = MerkleTree.leafHash(chunk.bytes(), 0, chunk.length());
    int first = repeated.firstIndex(chunk.index(), leafHash);
    EncodedBlob blob = first == chunk.index() ? blob(chunk) : null;
    return new EncodedChunk(chunk.index(), chunk.length(), leafHash, first, blob);
  }

  private EncodedBlob blob(Chunk chunk) {
    byte[] plain = plain(chunk);
    byte[] secret = DeleteSecret.derive(generation.deleteKey(), chunk.index());
    byte[] header = new BlobHeader(replicas, DeleteSecret.verifier(secret)).toBytes();
    byte[] bytes = cipher.seal(plain, header);
    return new EncodedBlob(ChunkId.ofBlob(bytes), bytes);
  }

  private byte[] plain(Chunk chunk) {
    int length = chunk.length();
    int compressed =
        compression == Compression.NONE || Entropy.isIncompressible(chunk.bytes(), length)
            ? -1
            : codecs
                .of(compression)
                .compress(chunk.bytes(), length, scratch, Blob.CODEC_BYTES, length - 1);
    if (compressed < 0) {
      scratch[0] = Compression.NONE.codec();
      System.arraycopy(chunk.bytes(), 0, scratch, Blob.CODEC_BYTES, length);
      compressed = length;
    } else {
      scratch[0] = compression.codec();
    }
    int plainLength = Blob.CODEC_BYTES + compressed;
    return plainLength == scratch.length ? scratch : Arrays.copyOf(scratch, plainLength);
  }

  /// Frees native memory.
  @Override
  public void close() {
    codecs.close();
  }
}
