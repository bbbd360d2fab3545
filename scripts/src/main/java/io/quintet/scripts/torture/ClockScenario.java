package io.quintet.scripts.torture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Nodes whose clocks jump by days, forwards and backwards, while they work.
///
/// The clock of the processes is that of Debian's libfaketime, which reads its offset from a file;
/// the monotonic clock goes on, as it does when somebody sets the time of a machine.
final class ClockScenario implements Scenario {
  private static final int NODES = 6;
  private static final int FILE_BYTES = 2_200_000;
  private static final int DAYS_MAX = 400;
  private static final Path LIBRARY =
      Path.of("/usr/lib", architecture() + "-linux-gnu", "faketime", "libfaketimeMT.so.1");
  private static final String LIBRARY_VARIABLE = "QUINTET_TORTURE_FAKETIME";

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public String what() {
    return "the clocks of two of six nodes jump by up to 400 days, forwards and backwards, while"
        + " files are put and got and when the nodes start again; nothing acknowledged is lost,"
        + " nothing deleted comes back, and the nodes go on knowing each other";
  }

  @Override
  public Optional<String> obstacle() {
    return Files.exists(library())
        ? Optional.empty()
        : Optional.of("libfaketime is not installed (Debian: faketime)");
  }

  private static Path library() {
    String named = System.getenv(LIBRARY_VARIABLE);
    return named == null ? LIBRARY : Path.of(named);
  }

  private static String architecture() {
    return System.getProperty("os.arch", "").equals("amd64") ? "x86_64" : "aarch64";
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> nodes =
        new ArrayList<>(trial.arena().cluster(trial, NODES - 2, "--reserve", "1B"));
    List<Victim> jumping = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Victim node = trial.arena().node(trial.arena().path("jumping-" + i), "--reserve", "1B");
      setClock(trial, i, "+0");
      node.begin(environment(trial, i));
      node.awaitReady(trial);
      jumping.add(node);
    }
    nodes.addAll(jumping);
    trial.arena().awaitMeeting(trial, nodes);
    List<Acknowledged> sets = List.of(new Acknowledged(), new Acknowledged());
    List<StoredFile> files = new ArrayList<>();
    while (trial.more()) {
      files.add(StoredFile.put(trial, nodes, "file-" + trial.rounds(), FILE_BYTES));
      int one = trial.rounds() % 2;
      Victim node = jumping.get(one);
      Acknowledged acknowledged = sets.get(one);
      Writers writers =
          Writers.startGently(
              node.url(), acknowledged, new Random(trial.random().nextLong()), 5, 100_000);
      int before = acknowledged.count();
      trial.await("a chunk before the jump", 60, () -> acknowledged.count() > before);
      jump(trial, one);
      int after = acknowledged.count();
      trial.await("a chunk after the jump", 60, () -> acknowledged.count() > after);
      trial.count("refused", writers.stop());
      acknowledged.checkAll(trial, node.url());
      node.kill();
      jump(trial, one);
      node.begin(environment(trial, one));
      node.awaitReady(trial);
      acknowledged.checkAll(trial, node.url());
      trial.arena().awaitMeeting(trial, nodes);
      for (StoredFile file : files) {
        file.getBack(trial);
        file.isWholeEverywhere(trial);
      }
    }
    trial.figure("acknowledged", sets.stream().mapToLong(Acknowledged::count).sum());
    trial.figure("deleted", sets.stream().mapToLong(Acknowledged::deletedCount).sum());
  }

  private static void jump(Trial trial, int node) throws Exception {
    int seconds = trial.random().nextInt(2 * DAYS_MAX * 86_400) - DAYS_MAX * 86_400;
    setClock(trial, node, (seconds < 0 ? "" : "+") + seconds);
    trial.count("jumps", 1);
  }

  private static Path clock(Trial trial, int node) {
    return trial.arena().path("clock-" + node);
  }

  private static void setClock(Trial trial, int node, String offset) throws Exception {
    Path fresh = trial.arena().path("clock-fresh");
    Files.writeString(fresh, offset + "\n");
    Files.move(fresh, clock(trial, node), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Map<String, String> environment(Trial trial, int node) {
    return Map.of(
        "LD_PRELOAD", library().toString(),
        "FAKETIME_TIMESTAMP_FILE", clock(trial, node).toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1");
  }
}
