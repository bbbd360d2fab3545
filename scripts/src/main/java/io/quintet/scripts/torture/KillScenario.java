package io.quintet.scripts.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// `kill -9` for several nodes of a cluster at random moments while chunks are put and deleted.
///
/// Every wait is for a condition: the next round begins when each node has acknowledged something
/// since its start, so hundreds of kills fit into minutes.
final class KillScenario implements Scenario {
  private static final int NODES = 8;
  private static final int AT_ONCE_MAX = 5;
  private static final int ALIVE_MILLIS_MAX = 150;
  private static final int START_MILLIS_MAX = 900;

  /// One of so many restarts is killed, too.
  private static final int STARTS_PER_KILL = 6;

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String what() {
    return "of eight nodes that take and delete chunks up to five at a time are killed at a random"
        + " moment, some again while they start; all the time and after each restart every"
        + " acknowledged chunk is read back bit for bit and no deleted one";
  }

  @Override
  public Length whole() {
    return new Length(500, 3_600);
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Target> targets = new ArrayList<>();
    for (Victim node : trial.arena().cluster(trial, NODES, "--reserve", "1B")) {
      targets.add(new Target(node));
    }
    for (Target target : targets) {
      target.resume(trial);
    }
    long kills = 0;
    try (Checker checker = Checker.start(targets, trial.random().nextLong())) {
      while (trial.moreUntil(kills)) {
        kills += round(trial, targets);
        checker.require(trial);
      }
      for (Target target : targets) {
        target.pause(trial);
      }
      trial.figure("checks beside", checker.checks());
    }
    for (Target target : targets) {
      target.checkAll(trial);
    }
    trial.figure("acknowledged", targets.stream().mapToLong(Target::acknowledged).sum());
    trial.figure("deleted", targets.stream().mapToLong(Target::deleted).sum());
  }

  private static long round(Trial trial, List<Target> targets) throws Exception {
    List<Target> chosen = new ArrayList<>(targets);
    Collections.shuffle(chosen, trial.random());
    chosen = chosen.subList(0, 1 + trial.random().nextInt(AT_ONCE_MAX));
    for (Target target : chosen) {
      target.awaitProgress(trial);
    }
    trial.pause(trial.random().nextInt(ALIVE_MILLIS_MAX));
    for (Target target : chosen) {
      target.kill();
    }
    // Their ports are free from now on: nobody may write there who means the old node.
    for (Target target : chosen) {
      target.pause(trial);
    }
    for (Target target : chosen) {
      target.node().begin(Map.of());
    }
    long kills = chosen.size() + killSomeStarts(trial, chosen);
    long began = System.nanoTime();
    for (Target target : chosen) {
      target.node().awaitReady(trial);
    }
    trial.count("milliseconds of starting", (System.nanoTime() - began) / 1_000_000);
    for (Target target : chosen) {
      target.checkRecent(trial);
      target.resume(trial);
    }
    trial.count("kills", kills);
    return kills;
  }

  private static long killSomeStarts(Trial trial, List<Target> chosen) throws Exception {
    long kills = 0;
    for (Target target : chosen) {
      if (trial.random().nextInt(STARTS_PER_KILL) == 0) {
        trial.pause(trial.random().nextInt(START_MILLIS_MAX));
        target.node().kill();
        target.node().begin(Map.of());
        kills++;
      }
    }
    trial.count("kills of a start", kills);
    return kills;
  }
}
