package io.quintet.node.work;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A clock that never jumps, and the only way in which long work waits. Tests drive their own.
public interface MonotonicTime {
  /// Nanoseconds since some moment; only differences mean something.
  long nanos();

  /// Waits, at most about `duration`.
  void sleep(Duration duration) throws InterruptedException;

  /// Milliseconds since the same moment.
  default long millis() {
    return nanos() / 1_000_000;
  }

  /// The clock of the machine.
  static MonotonicTime system() {
    return new MonotonicTime() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
      }
    };
  }
}
