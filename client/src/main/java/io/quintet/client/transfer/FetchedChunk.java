package io.quintet.client.transfer;

import io.quintet.manifest.blob.ChunkId;
import java.util.List;

/// How looking for a chunk ended.
public sealed interface FetchedChunk {
  /// Its bytes; their SHA-256 is its id.
  @SuppressWarnings("ArrayRecordComponent") // handed from stage to stage, never compared
  record Found(byte[] blob) implements FetchedChunk {}

  /// Nobody that could be reached has it.
  ///
  /// @param failures one line about each node that was asked
  record Missing(ChunkId id, List<String> failures) implements FetchedChunk {}
}
