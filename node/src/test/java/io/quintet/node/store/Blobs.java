package io.quintet.node.store;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/// Chunks for tests.
final class Blobs {
  private Blobs() {}

  static byte[] random(long seed, int size) {
    byte[] blob = new byte[size];
    new Random(seed).nextBytes(blob);
    return blob;
  }

  static Key idOf(byte[] blob) {
    return Sha256.of(blob);
  }

  static ChunkWriter.Outcome put(ChunkStore store, byte[] blob) throws StoreException {
    try (ChunkWriter writer = store.begin(idOf(blob), blob.length)) {
      int half = blob.length / 2;
      writer.write(ByteBuffer.wrap(blob, 0, half));
      writer.write(ByteBuffer.wrap(blob, half, blob.length - half));
      return writer.commit();
    }
  }

  static byte[] get(ChunkStore store, Key id) throws StoreException, IOException {
    try (ChunkContent content = store.open(id).orElseThrow()) {
      return switch (content) {
        case ChunkContent.InMemory(byte[] bytes) -> bytes;
        case ChunkContent.OnDisk(var file, int size) -> {
          ByteBuffer bytes = ByteBuffer.allocate(size);
          while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // More of it.
          }
          yield bytes.array();
        }
      };
    }
  }
}
