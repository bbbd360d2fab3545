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

  /// How long to wait for an answer at all: `usual`, or longer, up to `max`, while most answers
  /// take so long. On a machine, or a network, with too much to do, calls that are given up and
  /// made again only add to it.
  long patienceMillis(long usual, long max) {
    return known ? Math.clamp(smoothedMillis + 4 * deviationMillis, usual, max) : usual;
  }

  /// After how long an answer is later than usual, within these bounds.
  long unusualMillis(long min, long max) {
    return known ? Math.clamp(smoothedMillis + 4 * deviationMillis, min, max) : max;
  }
}
