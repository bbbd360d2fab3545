package io.quintet.dht.net.udp;

import java.util.HashMap;
import java.util.Map;

/// Bounds what is taken per second from one source, and from all.
public final class SourceLimit {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final int perSource;
  private final int inAll;
  private final Map<String, Integer> taken = new HashMap<>();
  private int takenInAll;
  private long secondStart;

  /// @param perSource how many per second of one source
  /// @param inAll how many per second of all
  public SourceLimit(int perSource, int inAll) {
    this.perSource = perSource;
    this.inAll = inAll;
  }

  /// Whether one more of `source` may be taken now. The table has at most as many entries as may be
  /// taken in all, and is emptied every second.
  public boolean take(String source, long nowNanos) {
    if (nowNanos - secondStart >= SECOND_NANOS) {
      secondStart = nowNanos;
      takenInAll = 0;
      taken.clear();
    }
    if (takenInAll >= inAll || taken.getOrDefault(source, 0) >= perSource) {
      return false;
    }
    takenInAll++;
    taken.merge(source, 1, Integer::sum);
    return true;
  }
}
