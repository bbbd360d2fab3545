package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;

/// Tells bytes that no compressor can shrink from others, much cheaper than trying.
final class Entropy {
  /// Above this share of the possible entropy the bytes are stored as they are. Measured on chunks
  /// of 1 MiB: random bytes at least 0.993, machine code at most 0.83, Java sources at most 0.65.
  private static final double INCOMPRESSIBLE = 0.97;

  // A prime, so that no table's columns are mistaken for the whole.
  private static final int STRIDE = 251;

  // Fewer samples spread over 256 counters say little.
  private static final int SAMPLES_MIN = 4096;

  private Entropy() {}

  /// Whether the first-order entropy of every 251st byte is close to 8 bits. False for what is
  /// shorter than about a chunk: so few bytes are compressed soon enough.
  static boolean isIncompressible(Chunk chunk) {
    byte[] bytes = chunk.bytes();
    int samples = chunk.length() / STRIDE;
    if (samples < SAMPLES_MIN) {
      return false;
    }
    int[] counts = new int[256];
    for (int i = 0; i < samples; i++) {
      counts[bytes[Chunk.OFFSET + i * STRIDE] & 0xff]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / samples;
        bits -= share * Math.log(share);
      }
    }
    return bits / Math.log(256) > INCOMPRESSIBLE;
  }
}
