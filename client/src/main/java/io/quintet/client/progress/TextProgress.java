package io.quintet.client.progress;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Progress for people: one line that is redrawn on a terminal, and nothing but warnings elsewhere.
///
/// Thread-safe. Drawing is limited to ten times a second, so a million events cost little.
public final class TextProgress implements ProgressListener, AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final Terminal terminal;
  private final LongSupplier nanoClock;
  private final TransferRate rate = new TransferRate();
  private ProgressEvent.@Nullable Started started;
  private long bytesDone;
  private long drawnNanos;
  private boolean drawn;

  /// Draws to `err`.
  ///
  /// @param nanoClock a monotonic clock
  public TextProgress(PrintWriter err, Terminal terminal, LongSupplier nanoClock) {
    this.err = err;
    this.terminal = terminal;
    this.nanoClock = nanoClock;
  }

  @Override
  public synchronized void on(ProgressEvent event) {
    switch (event) {
      case ProgressEvent.Started start -> {
        started = start;
        bytesDone = 0;
        rate.start(nanoClock.getAsLong());
        draw();
      }
      case ProgressEvent.NodesFound found -> {
        if (terminal.interactive()) {
          printLine(Amounts.count(found.count(), "node") + " found");
        }
      }
      case ProgressEvent.ChunkDone chunk -> {
        // Events of several threads may overtake each other; the bar never goes back.
        bytesDone = Math.max(bytesDone, chunk.bytesDone());
        if (nanoClock.getAsLong() - drawnNanos >= REDRAW_NANOS) {
          draw();
        }
      }
      case ProgressEvent.Warning warning -> printLine("warning: " + Printable.of(warning.text()));
      case ProgressEvent.Finished _ -> close();
    }
  }

  /// Removes the line, so that what is printed next starts on a clean one.
  @Override
  public synchronized void close() {
    erase();
    started = null;
  }

  private void printLine(String text) {
    erase();
    err.println(text);
    err.flush();
    draw();
  }

  private void draw() {
    if (started == null || !terminal.interactive()) {
      return;
    }
    drawnNanos = nanoClock.getAsLong();
    rate.observe(drawnNanos, bytesDone);
    ProgressLine line =
        new ProgressLine(
            started.operation(), bytesDone, started.bytesTotal(), rate.bytesPerSecond());
    err.print(ERASE_LINE + line.draw(terminal));
    err.flush();
    drawn = true;
  }

  private void erase() {
    if (drawn) {
      err.print(ERASE_LINE);
      err.flush();
      drawn = false;
    }
  }
}
