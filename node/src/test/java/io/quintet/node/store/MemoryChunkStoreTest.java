package io.quintet.node.store;

class MemoryChunkStoreTest extends ChunkStoreContract {
  @Override
  ChunkStore create(long capacityBytes) {
    return new MemoryChunkStore(capacityBytes);
  }
}
