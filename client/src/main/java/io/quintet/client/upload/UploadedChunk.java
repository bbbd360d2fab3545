package io.quintet.client.upload;

import io.quintet.client.codec.EncodedChunk;
import io.quintet.client.transfer.StoredChunk;
import org.jspecify.annotations.Nullable;

/// A chunk at the end of the pipeline: what the manifest needs, without the bytes.
///
/// @param stored null for a chunk that equals the one at `firstIndex`
@SuppressWarnings("ArrayRecordComponent") // handed from stage to stage, never compared
record UploadedChunk(
    int index, int length, byte[] leafHash, int firstIndex, @Nullable StoredChunk stored) {
  static UploadedChunk of(EncodedChunk chunk, @Nullable StoredChunk stored) {
    return new UploadedChunk(
        chunk.index(), chunk.length(), chunk.leafHash(), chunk.firstIndex(), stored);
  }
}
