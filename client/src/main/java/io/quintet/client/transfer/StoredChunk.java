package io.quintet.client.transfer;

import io.quintet.dht.id.Key;
import io.quintet.manifest.blob.ChunkId;
import java.util.List;

/// A blob that was offered to nodes.
///
/// @param holders the distinct nodes that answered durable, maybe none
/// @param failures one line about each node that did not take it
public record StoredChunk(ChunkId id, int blobBytes, List<Key> holders, List<String> failures) {
  /// Keeps its own copies.
  public StoredChunk {
    holders = List.copyOf(holders);
    failures = List.copyOf(failures);
  }
}
