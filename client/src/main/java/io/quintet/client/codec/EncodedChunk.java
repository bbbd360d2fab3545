package io.quintet.client.codec;

import io.quintet.manifest.blob.ChunkId;
import org.jspecify.annotations.Nullable;

/// What a chunk became.
///
/// @param index the chunk's position in the file
/// @param length plain bytes
/// @param leafHash the chunk's leaf in the file's Merkle tree
/// @param blob null when an equal chunk came before, which is not stored again
/// @param firstIndex the position of the equal chunk that is stored: `index` itself, or before it
@SuppressWarnings("ArrayRecordComponent") // handed from stage to stage, never compared
public record EncodedChunk(
    int index, int length, byte[] leafHash, int firstIndex, @Nullable EncodedBlob blob) {
  /// The bytes that go to nodes, under their name.
  ///
  /// @param id SHA-256 of `bytes`
  @SuppressWarnings("ArrayRecordComponent") // handed from stage to stage, never compared
  public record EncodedBlob(ChunkId id, byte[] bytes) {}
}
