package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;

/// Nodes die and new ones join at 20 % per hour, with lookups all the time. Then half an hour of
/// the same in a small network with production's values that loses half of its beacons, where
/// everybody's view is compared with the truth every second.
final class ChurnPlay {
  private static final long MILLIS_MIN = 60_000;
  private static final long MILLIS_MAX = 900_000;
  private static final long ANSWERING_MILLIS = 15_000;
  private static final int VIEWERS_MAX = 50;
  private static final int VIEWED_SECONDS = 1_800;
  private static final double BEACON_LOSS = 0.5;

  private ChurnPlay() {}

  static void play(Simulation simulation) {
    Stage stage = JoinPlay.network(simulation);
    long span = Math.clamp(400 * MILLIS_MAX / stage.nodes, MILLIS_MIN, MILLIS_MAX);
    int lookups = stage.lookupCount();
    Deaths deaths = new Deaths(stage);
    long start = stage.world.now();
    long end = start + span;
    for (int made = 0; stage.world.now() < end; made++) {
      long lookupAt = Math.min(start + span * made / lookups, end);
      deaths.until(lookupAt);
      stage.lookUpOnce(1);
    }
    stage.world.runUntil(end + ANSWERING_MILLIS);
    view(simulation);
  }

  private static void view(Simulation simulation) {
    int nodes = Math.min(simulation.options().nodes(), VIEWERS_MAX);
    Stage stage = simulation.stage(nodes, DhtConfig.defaults());
    stage.join();
    Beacons beacons = new Beacons(stage, BEACON_LOSS);
    stage.world.watch(beacons);
    MembershipWatch watch = new MembershipWatch(stage.world, DhtConfig.defaults().k());
    Deaths deaths = new Deaths(stage);
    for (int second = 0; second < VIEWED_SECONDS; second++) {
      beacons.second(second);
      deaths.until(stage.world.now() + 1_000);
      watch.look();
    }
    simulation.figure("membershipNodeSeconds", (double) watch.views());
    simulation.figure("membershipDeadKnown", (double) watch.deadKnown());
    simulation.figure("membershipRunningUnknown", (double) watch.runningUnknown());
    simulation.share("membershipRightPercent", watch.rightShare());
  }
}
