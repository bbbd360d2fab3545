package io.quintet.dht.lookup;

/// How wide a lookup is.
///
/// @param k how many of the closest responsive nodes have to be asked on each path
/// @param alpha how many calls are open at a time on each path
/// @param paths how many disjoint paths, 1 to 8
/// @param rpcsMax after how many calls the lookup asks nobody more
/// @param stallMillis after which an open call is made once more, and no longer keeps others from
///   being made
public record LookupShape(int k, int alpha, int paths, int rpcsMax, long stallMillis) {
  /// The most disjoint paths.
  public static final int PATHS_MAX = 8;

  /// Refuses values that cannot work.
  public LookupShape {
    if (k < 1 || alpha < 1 || rpcsMax < 1 || stallMillis < 1) {
      throw new IllegalArgumentException(
          "k, alpha, rpcsMax, stallMillis: %d, %d, %d, %d (expected: at least 1)"
              .formatted(k, alpha, rpcsMax, stallMillis));
    }
    if (paths < 1 || paths > PATHS_MAX) {
      throw new IllegalArgumentException("paths: " + paths + " (expected: 1..8)");
    }
  }
}
