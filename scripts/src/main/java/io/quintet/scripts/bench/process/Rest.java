package io.quintet.scripts.bench.process;

import java.util.concurrent.TimeUnit;

/// A machine at rest. Nodes that have just met, or just stored much, still write, count and
/// compile.
public final class Rest {
  private static final int SECONDS_MAX = 300;

  private Rest() {}

  /// Waits until the processors were less busy than `busyMax` (0 to 1) for `seconds`, or 5 minutes.
  ///
  /// @return how many seconds that took
  public static double await(double busyMax, int seconds) throws InterruptedException {
    CpuWindow whole = new CpuWindow();
    double busy;
    do {
      CpuWindow window = new CpuWindow();
      TimeUnit.SECONDS.sleep(seconds);
      busy = window.busy();
    } while (busy >= busyMax && whole.seconds() < SECONDS_MAX);
    return whole.seconds();
  }
}
