package io.quintet.node.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A clock that never jumps, and the only way in which long work waits. Tests drive their own.
public interface MonotonicTime {
  /// A clock that cannot wait for two things at once looks this often.
  long PIECE_NANOS = 200_000_000;

  /// Nanoseconds since some moment; only differences mean something.
  long nanos();

  /// Waits, at most about `duration`.
  void sleep(Duration duration) throws InterruptedException;

  /// Waits until `signal` has a permit, and takes it, or at most about `duration`.
  default void await(Semaphore signal, Duration duration) throws InterruptedException {
    long end = nanos() + duration.toNanos();
    while (!signal.tryAcquire() && end - nanos() > 0) {
      sleep(Duration.ofNanos(Math.min(PIECE_NANOS, end - nanos())));
    }
  }

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

      @Override
      @SuppressWarnings("ResultOfMethodCallIgnored")
      public void await(Semaphore signal, Duration duration) throws InterruptedException {
        signal.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS);
      }
    };
  }
}
