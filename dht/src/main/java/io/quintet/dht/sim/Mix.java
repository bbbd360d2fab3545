package io.quintet.dht.sim;

/// Hashes of numbers: every random fact of the simulated network is one of a seed and what it is
/// about (the finaliser of SplitMix64, Steele, Lea and Flood 2014).
final class Mix {
  private Mix() {}

  static long of(long a) {
    long mixed = a + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  static long of(long a, long b) {
    return of(of(a) ^ b);
  }

  static long of(long a, long b, long c) {
    return of(of(a, b) ^ c);
  }

  /// Evenly in [0, 1).
  static double fraction(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }
}
