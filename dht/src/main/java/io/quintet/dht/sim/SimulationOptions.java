package io.quintet.dht.sim;

/// What is to be simulated. Equal options give equal histories.
///
/// @param nodes [Simulation#NODES_MIN] to [Scenario#nodesMax]
/// @param seed what everything random grows from
/// @param chunks per node, in [Scenario#REPUBLISH] alone; 0 for each of the usual numbers in turn
/// @param filled whether the nodes start with filled tables though they could join, in
///   [Scenario#JOIN] and [Scenario#CHURN]
public record SimulationOptions(
    Scenario scenario, int nodes, long seed, int chunks, boolean filled) {
  /// The most chunks that one node keeps announced.
  public static final int CHUNKS_MAX = 1_000_000;

  /// Refuses what is out of range, naming the value and what was expected.
  public SimulationOptions {
    check("nodes", nodes, Simulation.NODES_MIN, scenario.nodesMax());
    check("chunks", chunks, 0, CHUNKS_MAX);
  }

  /// A scenario as it is usually played.
  public SimulationOptions(Scenario scenario, int nodes, long seed) {
    this(scenario, nodes, seed, 0, false);
  }

  /// The command line that runs this history again.
  public String command() {
    return "scripts/quintet simulate "
        + scenario.commandName()
        + " --nodes "
        + nodes
        + " --seed "
        + seed
        + (chunks == 0 ? "" : " --chunks " + chunks)
        + (filled ? " --filled" : "");
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + min + ".." + max + ")");
    }
  }
}
