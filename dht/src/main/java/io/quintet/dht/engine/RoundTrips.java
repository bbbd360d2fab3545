package io.quintet.dht.engine;

/// How long answers take lately, smoothed as TCP does it (RFC 6298, section 2): the base of
/// adaptive timeouts.
final class RoundTrips {
  private long smoothedMillis;
  private long deviationMillis;
  private boolean known;

  void answered(long tookMillis) {
    long took = Math.clamp(tookMillis, 1, 60_000);
    if (!known) {
      known = true;
      smoothedMillis = took;
      deviationMillis = (took + 1) / 2;
      return;
    }
    long off = Math.abs(smoothedMillis - took);
    deviationMillis = (3 * deviationMillis + off + 3) / 4;
    smoothedMillis = (7 * smoothedMillis + took + 7) / 8;
  }

  /// After how long an answer is later than usual, within these bounds.
  long unusualMillis(long min, long max) {
    return known ? Math.clamp(smoothedMillis + 4 * deviationMillis, min, max) : max;
  }
}
