package io.quintet.client.transfer;

import java.time.Duration;

/// How a retry waits: really, or not at all in tests.
@FunctionalInterface
public interface Pause {
  /// Sleeps.
  Pause REAL = Thread::sleep;

  /// Waits for `time`.
  void pause(Duration time) throws InterruptedException;
}
