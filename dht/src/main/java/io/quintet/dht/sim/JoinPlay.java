package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;

/// Everybody joins, or starts with filled tables; then lookups.
final class JoinPlay {
  private static final long LOOKUPS_MILLIS = 20_000;

  private JoinPlay() {}

  static void play(Simulation simulation) {
    Stage stage = network(simulation);
    stage.lookUp(stage.lookupCount(), LOOKUPS_MILLIS, 1);
  }

  /// The network that the options ask for, joined or filled.
  static Stage network(Simulation simulation) {
    int nodes = simulation.options().nodes();
    if (!simulation.options().filled() && nodes <= Scenario.JOINED_MAX) {
      Stage stage = simulation.stage(nodes, Simulation.configFor(nodes));
      stage.join();
      return stage;
    }
    // Nobody dies unnoticed within these minutes, so nobody is probed.
    DhtConfig quiet =
        Simulation.configFor(nodes).toBuilder().probeIntervalMillis(3_600_000).build();
    Stage stage = simulation.stage(nodes, quiet);
    stage.world.populate(nodes);
    return stage;
  }
}
