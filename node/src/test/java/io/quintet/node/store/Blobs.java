package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.DeleteSecret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;

/// Chunks for tests.
final class Blobs {
  private Blobs() {}

  static byte[] random(long seed, int size) {
    byte[] blob = new byte[size];
    new Random(seed).nextBytes(blob);
    return blob;
  }

  /// A chunk with a header that `secret` allows to delete.
  static byte[] deletable(long seed, int size, DeleteSecret secret) {
    byte[] blob = random(seed, size);
    MessageDigest digest = Sha256.newDigest();
    digest.update("quintet/delete/v1".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer.wrap(blob)
        .put("QNT1".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 5)
        .put(digest.digest(secret.toBytes()));
    return blob;
  }

  static DeleteSecret secret(int number) {
    byte[] bytes = new byte[DeleteSecret.BYTES];
    new Random(number).nextBytes(bytes);
    return DeleteSecret.of(bytes);
  }

  static Key idOf(byte[] blob) {
    return Sha256.of(blob);
  }

  static ChunkWriter.Outcome put(ChunkStore store, byte[] blob) throws StoreException {
    try (ChunkWriter writer = store.begin(idOf(blob), blob.length, false)) {
      int half = blob.length / 2;
      writer.write(List.of(ByteBuffer.wrap(blob, 0, half)));
      writer.write(List.of(ByteBuffer.wrap(blob, half, blob.length - half)));
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
