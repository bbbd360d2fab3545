package io.quintet.scripts.torture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/// A chunk that grows from a seed, so that a checker remembers thousands of them in no space.
///
/// @param size bytes, at least 0
/// @param replicas how many copies its owner wants
record Blob(long seed, int size, int replicas) {
  private static final byte[] MAGIC = "QNT1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LABEL = "quintet/delete/v1".getBytes(StandardCharsets.US_ASCII);
  private static final int REPLICAS = 5;
  private static final int HEADER_BYTES = 37;
  private static final int SMALL = 4 << 10;
  private static final int MIDDLE = 64 << 10;

  /// One of five copies.
  Blob(long seed, int size) {
    this(seed, size, REPLICAS);
  }

  /// Sizes as they matter to disks: mostly small, some of a few pages, now and then up to `max`.
  static Blob draw(Random random, int max) {
    int kind = random.nextInt(10);
    int bound = kind < 6 ? SMALL : kind < 9 ? MIDDLE : max;
    return new Blob(random.nextLong(), random.nextInt(Math.min(bound, max)) + 1);
  }

  /// The chunk itself: a header that allows its owner to delete it, if there is room for one, and
  /// random bytes.
  byte[] bytes() {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    if (size >= HEADER_BYTES) {
      byte[] verifier = sha256(LABEL, secret());
      System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
      bytes[MAGIC.length] = (byte) replicas;
      System.arraycopy(verifier, 0, bytes, MAGIC.length + 1, verifier.length);
    }
    return bytes;
  }

  /// Whether [#secret] deletes it.
  boolean isDeletable() {
    return size >= HEADER_BYTES;
  }

  private byte[] secret() {
    byte[] secret = new byte[32];
    new Random(~seed).nextBytes(secret);
    return secret;
  }

  /// What its owner shows to delete it, in hex.
  String deleteSecret() {
    return HexFormat.of().formatHex(secret());
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The name of a chunk.
  static String id(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }
}
