package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;
import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.manifest.Generation;
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
  private final byte[] scratch = new byte[Chunk.ROOM_BYTES];

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

  /// Hashes `chunk`, and encodes it unless an equal one came before. Does not change it, except for
  /// the byte before it, nor keep it.
  ///
  /// @throws InterruptedException when it is interrupted while chunks before this one are hashed
  public EncodedChunk encode(Chunk chunk) throws InterruptedException {
    byte[] leafHash = MerkleTree.leafHash(chunk.bytes(), Chunk.OFFSET, chunk.length());
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
    int compressed = compressed(chunk);
    byte[] bytes = compressed < 0 ? chunk.bytes() : scratch;
    bytes[0] = (compressed < 0 ? Compression.NONE : compression).codec();
    int length = Chunk.OFFSET + (compressed < 0 ? chunk.length() : compressed);
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }

  /// How many bytes in `scratch` the chunk became; negative when they would not be fewer.
  private int compressed(Chunk chunk) {
    if (compression == Compression.NONE || Entropy.isIncompressible(chunk)) {
      return -1;
    }
    return codecs.of(compression).compress(chunk, scratch);
  }

  /// Frees native memory.
  @Override
  public void close() {
    codecs.close();
  }
}
