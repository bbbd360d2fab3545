package io.quintet.node.edge;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts something against a bound. Safe for many threads.
final class Admission {
  private final int max;
  private final AtomicInteger taken = new AtomicInteger();

  Admission(int max) {
    this.max = max;
  }

  /// Takes `amount` if the bound allows; then the caller gives it back once.
  boolean tryTake(int amount) {
    int now = taken.addAndGet(amount);
    if (now > max) {
      taken.addAndGet(-amount);
      return false;
    }
    return true;
  }

  void giveBack(int amount) {
    taken.addAndGet(-amount);
  }

  int taken() {
    return taken.get();
  }

  int max() {
    return max;
  }
}
