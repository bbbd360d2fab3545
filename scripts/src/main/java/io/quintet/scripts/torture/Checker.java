package io.quintet.scripts.torture;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// A thread that reads acknowledged and deleted chunks all the time, until it is closed.
final class Checker implements AutoCloseable {
  private static final long PAUSE_NANOS = 10_000_000;

  private final AtomicReference<String> wrong = new AtomicReference<>("");
  private final AtomicLong checks = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  private Checker(List<Target> targets, Random random) {
    thread = Thread.ofPlatform().daemon().unstarted(() -> check(targets, random));
  }

  static Checker start(List<Target> targets, long seed) {
    Checker checker = new Checker(List.copyOf(targets), new Random(seed));
    checker.thread.start();
    return checker;
  }

  private void check(List<Target> targets, Random random) {
    while (!closed) {
      String found = targets.get(random.nextInt(targets.size())).checkOne(random);
      if (found != null) {
        checks.incrementAndGet();
        wrong.compareAndSet("", found);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// How many chunks were read.
  long checks() {
    return checks.get();
  }

  /// @throws BrokenPromiseException when anything was wrong
  void require(Trial trial) throws BrokenPromiseException {
    trial.require(wrong.get().isEmpty(), wrong.get());
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      // It is a daemon, and ends after its next call.
      Thread.currentThread().interrupt();
    }
  }
}
