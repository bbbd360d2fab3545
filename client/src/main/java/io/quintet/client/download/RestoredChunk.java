package io.quintet.client.download;

import io.quintet.client.chunk.Chunk;
import io.quintet.client.transfer.FetchedChunk;

/// A chunk at the end of the pipeline.
sealed interface RestoredChunk {
  /// Its plain bytes, authentic. The buffer goes back to the pipeline when the next chunk is asked
  /// for.
  @SuppressWarnings("ArrayRecordComponent") // handed from stage to stage, never compared
  record Plain(Chunk chunk, byte[] leafHash) implements RestoredChunk {}

  /// Nobody has it.
  record Lost(int index, FetchedChunk.Missing missing) implements RestoredChunk {}
}
