package io.quintet.scripts.bench.process;

/// Who used the processors while something was measured. Owned by one thread.
public final class CpuWindow {
  private final long beginNanos = System.nanoTime();
  private final double machineAtBegin = Proc.machineCpuSeconds();

  /// Begins now.
  public CpuWindow() {}

  /// Wall seconds since it began.
  public double seconds() {
    return (System.nanoTime() - beginNanos) / 1e9;
  }

  /// Which share of all processors was busy, 0 to 1.
  public double busy() {
    double used = Proc.machineCpuSeconds() - machineAtBegin;
    return used / (seconds() * Runtime.getRuntime().availableProcessors());
  }

  /// The share of all processors that processes other than ours used, 0 to 1.
  ///
  /// @param ourSeconds the processor time of what is measured, and of this process
  public double othersBusy(double ourSeconds) {
    double ours = ourSeconds / (seconds() * Runtime.getRuntime().availableProcessors());
    return Math.max(0, busy() - ours);
  }
}
