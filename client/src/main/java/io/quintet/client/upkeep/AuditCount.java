package io.quintet.client.upkeep;

/// Adds up what an audit finds. Owned by one thread.
final class AuditCount {
  private final int replicas;
  private long chunks;
  private long bytes;
  private long proven;
  private long missing;
  private long wrong;
  private long unreachable;
  private long lost;
  private long degraded;
  private int fewest = Integer.MAX_VALUE;

  AuditCount(int replicas) {
    this.replicas = replicas;
  }

  void add(CheckedChunk chunk) {
    int good = chunk.proven().size();
    int bad = chunk.wrong().size();
    chunks++;
    proven += good;
    wrong += bad;
    missing += Math.max(0, replicas - good - bad);
    unreachable += chunk.unreachable();
    lost += good == 0 ? 1 : 0;
    degraded += good < replicas ? 1 : 0;
    fewest = Math.min(fewest, good);
  }

  long addBytes(long more) {
    bytes += more;
    return bytes;
  }

  long chunks() {
    return chunks;
  }

  AuditResult result() {
    int min = chunks == 0 ? replicas : fewest;
    return new AuditResult(
        replicas, unreachable, lost, degraded, chunks, min, proven, missing, wrong);
  }
}
