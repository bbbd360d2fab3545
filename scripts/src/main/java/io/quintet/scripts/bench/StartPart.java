package io.quintet.scripts.bench;

import io.quintet.scripts.bench.codec.Inputs;
import io.quintet.scripts.bench.process.Client;
import io.quintet.scripts.bench.process.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `scripts/bench start`: how long a person waits for small things, from the start of the script to
/// the end of the process, once the AOT cache is there.
final class StartPart {
  private static final String NAME = "start";
  private static final int ROUNDS = 5;
  private static final int SMALL_BYTES = 1 << 10;
  private static final long COMMAND_SECONDS_MAX = 60;
  private static final long CACHE_SECONDS_MAX = 180;
  private static final long LOOK_AGAIN_MILLIS = 200;
  private static final double HELP_GOAL = 0.4;
  private static final double TRANSFER_GOAL = 1.5;

  private final Report report;
  private final Path room;
  private final Client client;

  private StartPart(Setting setting, Path room) {
    this.report = setting.report();
    this.room = room;
    this.client = new Client(setting.launcher(), room, COMMAND_SECONDS_MAX);
  }

  static void run(Setting setting) throws IOException, InterruptedException {
    Path room = setting.workplace().room(NAME);
    setting.report().begin("start: medians of " + ROUNDS + ", each a process of its own");
    StartPart part = new StartPart(setting, room);
    try (Nodes nodes = setting.workplace().start(setting.launcher(), room, setting.nodes())) {
      // The nodes were the first use, which makes the cache in the background.
      part.awaitCache();
      part.measure(nodes.clientOptions());
    } finally {
      setting.workplace().clear(room);
    }
  }

  private void awaitCache() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CACHE_SECONDS_MAX);
    while (isBeingMade() && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
    if (isBeingMade()) {
      report.note(NAME, "the AOT cache is not ready; these are figures without it");
    }
  }

  // A lock that is older was left by an attempt that failed.
  private static boolean isBeingMade() throws IOException {
    String home = System.getenv("XDG_CACHE_HOME");
    Path cache = home == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
    Path folder = cache.resolve("quintet");
    if (!Files.isDirectory(folder)) {
      return false;
    }
    long youngest = System.currentTimeMillis() - TimeUnit.SECONDS.toMillis(CACHE_SECONDS_MAX);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".aot.lock"))
          .anyMatch(lock -> lock.toFile().lastModified() > youngest);
    }
  }

  private void measure(List<String> network) throws IOException, InterruptedException {
    report("quintet --help", HELP_GOAL, round -> List.of("--help"));
    Path file = Inputs.random(room.resolve("small"), SMALL_BYTES);
    report(
        "put of 1 KiB, 5 replicas",
        TRANSFER_GOAL,
        round -> with(network, "put", file.toString(), "-o", manifest(round).toString(), "--json"));
    report(
        "get of 1 KiB",
        TRANSFER_GOAL,
        round ->
            with(network, "get", manifest(round).toString(), "-o", file + "." + round, "--json"));
  }

  private Path manifest(int round) {
    return room.resolve("small-" + round + ".manifest");
  }

  private static List<String> with(List<String> network, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(network);
    return all;
  }

  /// Makes one round's command.
  @FunctionalInterface
  private interface Command {
    List<String> of(int round);
  }

  private void report(String name, double goal, Command command)
      throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    double cpuSeconds = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Client.Run run = client.runBare(command.of(round));
      seconds.add(run.seconds());
      cpuSeconds += run.cpuSeconds() / ROUNDS;
    }
    List<Double> sorted = seconds.stream().sorted().toList();
    report.add(Figure.of(NAME, name, sorted.get(ROUNDS / 2), "s").with(Goal.atMost(goal)));
    report.note(
        NAME,
        String.format(
            Locale.ROOT,
            "from %.2f to %.2f s; %.2f processor seconds each",
            sorted.getFirst(),
            sorted.getLast(),
            cpuSeconds));
  }
}
