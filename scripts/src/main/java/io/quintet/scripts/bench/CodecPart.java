package io.quintet.scripts.bench;

import io.quintet.scripts.bench.codec.CodecProbe;
import io.quintet.scripts.bench.codec.Inputs;
import io.quintet.scripts.bench.codec.Rounds;
import io.quintet.scripts.bench.limit.Limit;
import io.quintet.scripts.bench.limit.ReadRate;
import io.quintet.scripts.bench.limit.ZstdRate;
import io.quintet.scripts.bench.process.Client;
import io.quintet.scripts.bench.process.CpuWindow;
import io.quintet.scripts.bench.process.Proc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// `scripts/bench codec`: the first stages of a put alone (read, SHA-256, zstd, AES-256-GCM,
/// SHA-256), and a fresh client's whole put to nodes that take everything at once.
final class CodecPart {
  private static final String NAME = "codec";
  private static final int MEBI = 1 << 20;
  private static final long WARM_BYTES = 1024L * MEBI;
  private static final int WARM_UP_ROUNDS = 8;
  private static final int ROUNDS = 5;
  private static final int COLD_ROUNDS = 3;
  private static final long COLD_SECONDS_MAX = 120;
  private static final double TEXT_GOAL = 600;
  private static final double RANDOM_GOAL = 1000;

  private final Setting setting;
  private final Report report;
  private final Path room;

  private CodecPart(Setting setting, Path room) {
    this.setting = setting;
    this.report = setting.report();
    this.room = room;
  }

  static void run(Setting setting) throws IOException, InterruptedException {
    Path room = setting.workplace().room(NAME);
    try {
      new CodecPart(setting, room).run();
    } finally {
      setting.workplace().clear(room);
    }
  }

  private void run() throws IOException, InterruptedException {
    report.begin("codec: read, SHA-256, zstd, AES-256-GCM, SHA-256; no network");
    double sha256 = setting.limit(Limit.SHA_256_TWO);
    double aes = setting.limit(Limit.AES_GCM_TWO);
    Path text = room.resolve("text");
    String origin = Inputs.text(text, WARM_BYTES);
    Path random = Inputs.random(room.resolve("random"), WARM_BYTES);
    report.note(NAME, "text is " + origin + "; warm is the median of " + ROUNDS + " x 1 GiB");
    double read = ReadRate.measure(text, 2);
    report.add(Figure.of(NAME, "read of a cached file, 2 threads", read, "MB/s"));
    double zstd = ZstdRate.measure(text, 2);
    report.add(Figure.of(NAME, "zstd level 1 of that text, 2 threads", zstd, "MB/s"));
    // Each byte is read and hashed as a leaf; what is stored of it is encrypted and hashed.
    warm(
        "text, warm",
        text,
        Goal.atLeast(TEXT_GOAL),
        ratio -> 1 / (1 / read + 1 / sha256 + 1 / zstd + ratio / aes + ratio / sha256));
    warm(
        "random, warm",
        random,
        Goal.atLeast(RANDOM_GOAL),
        ratio -> 1 / (1 / read + 1 / sha256 + ratio / aes + ratio / sha256));
    for (int mebibytes : new int[] {64, 256}) {
      cold("text", text, mebibytes);
      cold("random", random, mebibytes);
    }
  }

  /// @param ideal MB/s of the steps alone, by the ratio at which the file was stored
  private void warm(String name, Path file, Goal goal, DoubleUnaryOperator ideal)
      throws IOException, InterruptedException {
    CodecProbe probe = new CodecProbe(file);
    probe.run(WARM_UP_ROUNDS);
    CpuWindow window = new CpuWindow();
    double own = Proc.cpuSeconds(ProcessHandle.current().pid());
    Rounds outcome = probe.run(ROUNDS);
    double used = Proc.cpuSeconds(ProcessHandle.current().pid()) - own;
    double ratio = (double) outcome.storedBytes() / outcome.size();
    report.note(
        NAME,
        String.format(
            Locale.ROOT,
            "%s: stored at a ratio of %.3f; %.2f processor seconds per GB; others used %.0f %% of"
                + " the processors",
            name,
            ratio,
            used / (ROUNDS * outcome.size() / 1e9),
            100 * window.othersBusy(used)));
    report.add(
        Figure.of(NAME, name, outcome.megabytesPerSecond(), "MB/s")
            .with(goal)
            .against("the same steps alone, one after the other", ideal.applyAsDouble(ratio)));
  }

  // Each round in a process of its own, as a user's put is.
  private void cold(String name, Path file, int mebibytes)
      throws IOException, InterruptedException {
    Path part = room.resolve("part");
    Inputs.beginning(file, part, (long) mebibytes * MEBI);
    Client client = new Client(setting.launcher(), room, COLD_SECONDS_MAX);
    List<String> command = List.of("codec-probe", part.toString());
    double[] rates = new double[COLD_ROUNDS];
    double cpuSeconds = Double.MAX_VALUE;
    for (int i = 0; i < COLD_ROUNDS; i++) {
      Client.Run run = client.runBare(command);
      if (run.result() == null) {
        throw new IOException("codec-probe said nothing");
      }
      cpuSeconds = Math.min(cpuSeconds, run.cpuSeconds());
      rates[i] = run.number("size") / 1e6 / run.result().path("seconds").path(0).doubleValue();
    }
    Arrays.sort(rates);
    report.add(
        Figure.of(
            NAME,
            "%s, first %d MiB of a fresh process".formatted(name, mebibytes),
            rates[COLD_ROUNDS / 2],
            "MB/s"));
    report.note(
        NAME,
        String.format(
            Locale.ROOT, "%.2f processor seconds, the start of the JVM included", cpuSeconds));
  }
}
