package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;
import java.util.ArrayList;
import java.util.List;

/// Mass failure, then everything else that happens to machines, then single deaths in a network
/// that loses a tenth of all messages.
final class FailurePlay {
  private static final double FAILED_SHARE = 0.4;
  private static final long LOOKUPS_MILLIS = 10_000;
  private static final long MINUTE = 60_000;
  private static final int ODD_ONE_OF = 20;
  private static final int SLOW_MILLIS = 150;
  private static final long JUMP_MILLIS = 600_000;
  private static final int VIEWERS_MAX = 50;
  private static final int DEATHS_MAX = 10;
  private static final long NOTICED_MILLIS = 15_000;

  private FailurePlay() {}

  static void play(Simulation simulation) {
    int nodes = simulation.options().nodes();
    Stage stage = simulation.stage(nodes, Simulation.configFor(nodes));
    stage.join();
    List<Integer> dead = new ArrayList<>();
    int victims = Math.min((int) (nodes * FAILED_SHARE), nodes - 1);
    for (int i = 0; i < victims; i++) {
      int victim = stage.anyLiveIndex(stage.deaths);
      stage.world.crash(victim);
      dead.add(victim);
    }
    lookUp(simulation, stage, "lookupSuccessPercentAtOnce");
    stage.world.runUntil(stage.world.now() + MINUTE);
    lookUp(simulation, stage, "lookupSuccessPercentAfterAMinute");
    oddities(stage, dead);
    lookUp(simulation, stage, "lookupSuccessPercentAfterRestarts");
    notice(simulation);
  }

  private static void lookUp(Simulation simulation, Stage stage, String figure) {
    long made = stage.tally.lookups;
    long succeeded = stage.tally.succeeded;
    stage.lookUp(stage.lookupCount() / 2, LOOKUPS_MILLIS, 1);
    double share = Tally.mean(stage.tally.succeeded - succeeded, stage.tally.lookups - made);
    simulation.share(figure, share);
  }

  /// Half of the dead come back, every other one with the contacts that it had saved; some nodes
  /// become slow, some clocks jump.
  private static void oddities(Stage stage, List<Integer> dead) {
    for (int i = 0; i < dead.size(); i += 2) {
      if (i % 4 == 0) {
        stage.world.restart(dead.get(i), stage.anyLive(stage.joins));
      } else {
        stage.world.restartFromDisk(dead.get(i));
      }
    }
    for (int i = 0; i < stage.nodes / ODD_ONE_OF; i++) {
      stage.world.slow(stage.anyLiveIndex(stage.deaths), SLOW_MILLIS);
      stage.world.jump(stage.anyLiveIndex(stage.deaths), JUMP_MILLIS);
    }
    stage.beacons(60);
  }

  private static void notice(Simulation simulation) {
    int nodes = Math.min(simulation.options().nodes(), VIEWERS_MAX);
    Stage stage = simulation.stage(nodes, DhtConfig.defaults());
    stage.join();
    stage.world.weather(Weather.stormy());
    stage.world.runUntil(stage.world.now() + MINUTE / 2);
    NoticeWatch watch = new NoticeWatch(stage.world);
    stage.world.watch(watch);
    for (int i = 0; i < Math.min(DEATHS_MAX, nodes - 1); i++) {
      watch.crash(stage.anyLiveIndex(stage.deaths));
      stage.world.runUntil(stage.world.now() + MINUTE / 2);
    }
    simulation.figure("deathsNoticed", (double) watch.noticed());
    simulation.figure("deathsUnnoticed", (double) watch.unnoticed());
    simulation.share("noticedWithin15sPercent", watch.within(NOTICED_MILLIS));
    simulation.figure("noticedSecondsMean", watch.meanSeconds());
    simulation.figure("noticedSecondsMax", watch.maxSeconds());
  }
}
