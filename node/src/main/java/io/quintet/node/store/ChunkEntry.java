package io.quintet.node.store;

import io.quintet.dht.id.Key;

/// One line of the inventory.
///
/// @param sizeBytes length of the blob, 0 to [ChunkStore#CHUNK_BYTES_MAX]
public record ChunkEntry(Key id, int sizeBytes) {}
