package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for what other processes do, which nobody announces to a test.
final class Await {
  private static final long LOOK_AGAIN_MILLIS = 50;

  private Await() {}

  /// Waits until `condition` holds and fails when it does not within `limit`.
  static void until(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "not within " + limit + ": " + what);
      boolean ended = never.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      assert !ended;
    }
  }
}
