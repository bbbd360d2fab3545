package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for what another process does, by looking again and again for a bounded time.
public final class Patience {
  private static final long LOOK_AGAIN_MILLIS = 25;

  private Patience() {}

  /// Waits until `condition` holds.
  ///
  /// @return whether it came to hold within `limit`
  /// @throws UserException with `INTERRUPTED`
  static boolean until(Duration limit, BooleanSupplier condition) {
    return until(limit, LOOK_AGAIN_MILLIS, condition);
  }

  /// The same for a condition that costs more to look at.
  public static boolean until(Duration limit, long pauseMillis, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      pause(pauseMillis);
    }
    return true;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(
          ExitCode.INTERRUPTED,
          "interrupted while waiting for node processes",
          "what was started is stopped again",
          e);
    }
  }
}
