package io.quintet.scripts.torture;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/// A chunk that grows from a seed, so that a checker remembers thousands of them in no space.
///
/// @param size bytes, at least 0
record Blob(long seed, int size) {
  private static final int SMALL = 4 << 10;
  private static final int MIDDLE = 64 << 10;

  /// Sizes as they matter to disks: mostly small, some of a few pages, now and then up to `max`.
  static Blob draw(Random random, int max) {
    int kind = random.nextInt(10);
    int bound = kind < 6 ? SMALL : kind < 9 ? MIDDLE : max;
    return new Blob(random.nextLong(), random.nextInt(Math.min(bound, max)) + 1);
  }

  byte[] bytes() {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String id(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
