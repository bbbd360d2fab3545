package io.quintet.scripts.simulate.durability;

/// What is to be simulated. Equal options give equal histories.
///
/// @param nodes [#NODES_MIN] to [#NODES_MAX] storage nodes, each on a host of its own
/// @param chunks of 1 MiB, five replicas each; 1 to [#CHUNKS_MAX]
/// @param years of 365 virtual days, 1 to [#YEARS_MAX]
public record DurabilityOptions(int nodes, int chunks, int years, long seed) {
  /// One more than there are replicas, so that a lost one has somewhere to go.
  public static final int NODES_MIN = 6;

  /// See [#NODES_MIN].
  public static final int NODES_MAX = 10_000;

  /// The most chunks.
  public static final int CHUNKS_MAX = 100_000;

  /// The longest time.
  public static final int YEARS_MAX = 100;

  /// Chunks for each node when none are named.
  public static final int CHUNKS_PER_NODE = 20;

  /// The command line that runs this history again.
  public String command() {
    return "scripts/quintet simulate durability --nodes "
        + nodes
        + " --seed "
        + seed
        + " --chunks "
        + chunks
        + " --years "
        + years;
  }
}
