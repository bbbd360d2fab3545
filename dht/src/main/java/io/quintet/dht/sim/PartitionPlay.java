package io.quintet.dht.sim;

/// The network breaks in each of six ways for a minute, while beacons go on as far as they pass,
/// and heals for a minute, with lookups after each.
final class PartitionPlay {
  private static final int BROKEN_SECONDS = 60;
  private static final int HEALED_SECONDS = 60;
  private static final long LOOKUPS_MILLIS = 20_000;

  private PartitionPlay() {}

  static void play(Simulation simulation) {
    int nodes = simulation.options().nodes();
    Stage stage = simulation.stage(nodes, Simulation.configFor(nodes));
    stage.join();
    int lookups = Math.max(100, stage.lookupCount() / 6);
    for (Partition shape : Partition.values()) {
      if (shape == Partition.NONE) {
        continue;
      }
      stage.world.partition(shape);
      stage.beacons(BROKEN_SECONDS);
      stage.world.partition(Partition.NONE);
      stage.beacons(HEALED_SECONDS);
      long made = stage.tally.lookups;
      long succeeded = stage.tally.succeeded;
      stage.lookUp(lookups, LOOKUPS_MILLIS, 1);
      double share = Tally.mean(stage.tally.succeeded - succeeded, stage.tally.lookups - made);
      simulation.share("lookupSuccessPercent" + shape.figureName(), share);
    }
  }
}
