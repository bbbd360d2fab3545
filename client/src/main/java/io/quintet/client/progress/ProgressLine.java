package io.quintet.client.progress;

/// Draws one progress line: a pure function of the figures and the width.
///
/// ```
/// put  [===========>            ]  43%  88.0 MiB of 204.0 MiB  61.2 MiB/s  ETA 0:02
/// ```
///
/// @param bytesTotal -1 when unknown: then the line has no bar, share and estimate
record ProgressLine(String operation, long bytesDone, long bytesTotal, double bytesPerSecond) {
  private static final int BAR_COLUMNS_MAX = 40;
  private static final int BAR_COLUMNS_MIN = 10;

  /// The line, shorter than `terminal.columns()` so that no terminal wraps it.
  String draw(Terminal terminal) {
    String figures = figures();
    int room = terminal.columns() - 1;
    int barColumns = Math.min(BAR_COLUMNS_MAX, room - operation.length() - figures.length() - 6);
    String line =
        bytesTotal > 0 && barColumns >= BAR_COLUMNS_MIN
            ? operation + "  [" + bar(barColumns, terminal.colour()) + "]  " + figures
            : operation + "  " + figures;
    return barColumns < BAR_COLUMNS_MIN && line.length() > room ? line.substring(0, room) : line;
  }

  private String figures() {
    String rate = Amounts.rate(bytesPerSecond);
    if (bytesTotal <= 0) {
      return Amounts.bytes(bytesDone) + "  " + rate;
    }
    double share = Math.min(1, (double) bytesDone / bytesTotal);
    // 100 % is for what is complete, so the share is rounded down.
    String percent = "%3d%%".formatted((int) Math.floor(share * 100));
    String sizes = Amounts.bytes(bytesDone) + " of " + Amounts.bytes(bytesTotal);
    return percent + "  " + sizes + "  " + rate + "  ETA " + estimate();
  }

  private String estimate() {
    long left = Math.max(0, bytesTotal - bytesDone);
    return bytesPerSecond <= 0 ? "-:--" : Amounts.duration(left / bytesPerSecond);
  }

  private String bar(int columns, boolean colour) {
    double share = Math.min(1, (double) bytesDone / bytesTotal);
    int full = (int) Math.floor(share * columns);
    String done = full < columns ? "=".repeat(full) + ">" : "=".repeat(columns);
    String rest = " ".repeat(columns - done.length());
    return colour ? "\u001b[32m" + done + "\u001b[0m" + rest : done + rest;
  }
}
