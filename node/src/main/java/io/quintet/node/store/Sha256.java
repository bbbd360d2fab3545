package io.quintet.node.store;

import io.quintet.dht.id.Key;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 (FIPS 180-4) of chunks.
final class Sha256 {
  private static final int STEP_BYTES = 64 << 10;

  private Sha256() {}

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Key of(byte[] bytes) {
    return Key.fromBytes(newDigest().digest(bytes));
  }

  /// Hashes the first `sizeBytes` of `file` without moving its position.
  static Key of(FileChannel file, int sizeBytes) throws IOException {
    MessageDigest digest = newDigest();
    ByteBuffer step = ByteBuffer.allocate(Math.max(1, Math.min(STEP_BYTES, sizeBytes)));
    int position = 0;
    while (position < sizeBytes) {
      step.clear().limit(Math.min(step.capacity(), sizeBytes - position));
      int read = file.read(step, position);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      digest.update(step.flip());
      position += read;
    }
    return Key.fromBytes(digest.digest());
  }
}
