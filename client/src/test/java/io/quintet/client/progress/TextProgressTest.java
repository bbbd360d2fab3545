package io.quintet.client.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextProgressTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MIB = 1 << 20;

  private final StringWriter err = new StringWriter();
  private final AtomicLong clock = new AtomicLong(-5 * SECOND);

  private TextProgress progress(Terminal terminal) {
    return new TextProgress(new PrintWriter(err), terminal, clock::get);
  }

  private String lastLine() {
    String text = err.toString();
    return text.substring(text.lastIndexOf('\r') + 1).replace("\u001b[K", "");
  }

  @Test
  void lineShowsShareSizesRateAndEstimate() {
    TextProgress progress = progress(new Terminal(true, 100, false));
    progress.on(new ProgressEvent.Started("put", 200 * MIB));
    for (int i = 1; i <= 10; i++) {
      clock.addAndGet(SECOND / 2);
      progress.on(new ProgressEvent.ChunkDone(i, 10L * i * MIB));
    }
    assertEquals(
        "put  [====================>                   ]"
            + "   50%  100.0 MiB of 200.0 MiB  20.0 MiB/s  ETA 0:05",
        lastLine());
  }

  @Test
  void unknownTotalHasNoBarAndNoEstimate() {
    TextProgress progress = progress(new Terminal(true, 100, false));
    progress.on(new ProgressEvent.Started("put", -1));
    clock.addAndGet(SECOND);
    progress.on(new ProgressEvent.ChunkDone(1, 3 * MIB));
    assertEquals("put  3.0 MiB  3.0 MiB/s", lastLine());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 63, 64, 65, 70, 79, 80, 120, 500})
  void lineNeverWraps(int columns) {
    TextProgress progress = progress(new Terminal(true, columns, false));
    progress.on(new ProgressEvent.Started("put", 5_000 * MIB));
    clock.addAndGet(SECOND);
    progress.on(new ProgressEvent.ChunkDone(1, 4_321 * MIB));
    assertTrue(lastLine().length() < columns, lastLine().length() + ": " + lastLine());
  }

  @Test
  void hundredPercentIsNotShownBeforeTheEnd() {
    TextProgress progress = progress(new Terminal(true, 100, false));
    progress.on(new ProgressEvent.Started("get", 1_000 * MIB));
    clock.addAndGet(SECOND);
    progress.on(new ProgressEvent.ChunkDone(999, 1_000 * MIB - 1));
    assertTrue(lastLine().contains(" 99%"), lastLine());
    assertTrue(lastLine().endsWith("ETA 0:01"), lastLine());
  }

  @Test
  void overtakenEventDoesNotMoveTheBarBack() {
    TextProgress progress = progress(new Terminal(true, 100, false));
    progress.on(new ProgressEvent.Started("put", 10 * MIB));
    clock.addAndGet(SECOND);
    progress.on(new ProgressEvent.ChunkDone(5, 5 * MIB));
    clock.addAndGet(SECOND);
    progress.on(new ProgressEvent.ChunkDone(4, 4 * MIB));
    assertTrue(lastLine().contains("5.0 MiB of"), lastLine());
  }

  @Test
  void manyEventsInOneMomentDrawOnce() {
    TextProgress progress = progress(new Terminal(true, 100, false));
    progress.on(new ProgressEvent.Started("put", 1_000 * MIB));
    int before = err.toString().length();
    for (int i = 0; i < 1_000; i++) {
      progress.on(new ProgressEvent.ChunkDone(i, i * MIB));
    }
    assertEquals(before, err.toString().length());
  }

  @Test
  void pipeGetsWarningsOnly() {
    TextProgress progress = progress(Terminal.NONE);
    progress.on(new ProgressEvent.Started("get", 10));
    progress.on(new ProgressEvent.NodesFound(7));
    progress.on(new ProgressEvent.ChunkDone(1, 10));
    progress.on(new ProgressEvent.Warning("node ab lies"));
    progress.on(new ProgressEvent.Finished(1, 10, 1));
    progress.close();
    assertEquals("warning: node ab lies" + System.lineSeparator(), err.toString());
  }

  @Test
  void colourOnlyWhereItIsWelcome() {
    TextProgress plain = progress(new Terminal(true, 100, false));
    plain.on(new ProgressEvent.Started("get", 10));
    assertFalse(err.toString().contains("\u001b[32m"));
    TextProgress coloured = progress(new Terminal(true, 100, true));
    coloured.on(new ProgressEvent.Started("get", 10));
    assertTrue(err.toString().contains("\u001b[32m"));
  }
}
