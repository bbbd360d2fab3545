package io.quintet.node.service.replicas;

import io.quintet.node.work.MonotonicTime;
import java.time.Duration;

/// A clock that the test turns.
final class VillageTime implements MonotonicTime {
  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    nanos += duration.toNanos();
  }
}
