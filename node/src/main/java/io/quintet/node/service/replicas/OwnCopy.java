package io.quintet.node.service.replicas;

import io.quintet.dht.id.Key;
import io.quintet.node.store.ChunkContent;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// Reads this node's own copies.
public final class OwnCopy {
  private OwnCopy() {}

  /// The whole blob, whose hash was compared just now; empty when it is not stored, or was wrong
  /// (then the store has put it aside).
  public static Optional<byte[]> read(ChunkStore store, Key id) throws StoreException {
    Optional<ChunkContent> content = store.open(id);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    byte[] blob;
    try (ChunkContent open = content.get()) {
      blob = bytes(open);
    } catch (IOException e) {
      throw new StoreException(StoreException.Kind.FAILED, "cannot read chunk " + id, e);
    }
    if (hash(blob).equals(id)) {
      return Optional.of(blob);
    }
    // It rotted after the store looked: let it look again.
    return store.verify(id) == ChunkStore.Verdict.RIGHT ? read(store, id) : Optional.empty();
  }

  private static byte[] bytes(ChunkContent content) throws IOException {
    return switch (content) {
      case ChunkContent.InMemory(byte[] bytes) -> bytes;
      case ChunkContent.OnDisk(FileChannel file, int size) -> {
        ByteBuffer whole = ByteBuffer.allocate(size);
        while (whole.hasRemaining()) {
          if (file.read(whole, whole.position()) < 0) {
            throw new EOFException("the file became shorter while it was read");
          }
        }
        yield whole.array();
      }
    };
  }

  private static Key hash(byte[] blob) {
    try {
      return Key.fromBytes(MessageDigest.getInstance("SHA-256").digest(blob));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
