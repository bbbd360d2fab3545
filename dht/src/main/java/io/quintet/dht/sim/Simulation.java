package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs a scenario on networks of simulated nodes: the entry of `quintet simulate`.
///
/// A scenario plays on one stage or on several, one after the other; events, messages and virtual
/// time are those of all.
public final class Simulation {
  /// The smallest network.
  public static final int NODES_MIN = 2;

  /// So many nodes run with production's values.
  static final int FULL_LOGIC_MAX = 64;

  private static final int MEMBERS_SAMPLE = 256;

  private final SimulationOptions options;
  private final @Nullable Trace trace;
  private final Tally tally = new Tally();
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private @Nullable Stage stage;
  private int stages;
  private long events;
  private long messages;
  private long virtualMillis;
  private long traceHash;
  private long nodesLive;
  private double membersMean;
  private double routingBytesMean;

  /// @param trace gets every event; null for nobody
  public Simulation(SimulationOptions options, @Nullable Trace trace) {
    this.options = options;
    this.trace = trace;
  }

  /// Runs a scenario as it is usually played, from the first join to the last lookup.
  ///
  /// @throws IllegalArgumentException when `nodes` is out of range
  /// @throws SimulationFailure when an invariant does not hold
  public static SimulationResult run(Scenario scenario, int nodes, long seed) {
    return new Simulation(new SimulationOptions(scenario, nodes, seed), null).play();
  }

  /// The command line that runs this history again.
  public static String command(Scenario scenario, int nodes, long seed) {
    return new SimulationOptions(scenario, nodes, seed).command();
  }

  /// Plays everything. The network of the last stage stays in memory as long as this object, so
  /// that it can be measured.
  ///
  /// @throws SimulationFailure when an invariant does not hold
  public SimulationResult play() {
    switch (options.scenario()) {
      case JOIN -> JoinPlay.play(this);
      case CHURN -> ChurnPlay.play(this);
      case FAILURE -> FailurePlay.play(this);
      case PARTITION -> PartitionPlay.play(this);
      case SYBIL -> AttackPlay.play(this, false);
      case ECLIPSE -> AttackPlay.play(this, true);
      case REPUBLISH -> RepublishPlay.play(this);
      case PROVIDERS -> ProvidersPlay.play(this);
    }
    endStage();
    return result();
  }

  SimulationOptions options() {
    return options;
  }

  Tally tally() {
    return tally;
  }

  /// A network of its own for the next part of the scenario; the one before is over.
  Stage stage(int nodes, DhtConfig config) {
    endStage();
    long seed = stages == 0 ? options.seed() : Mix.of(options.seed(), stages);
    Stage next = new Stage(nodes, config, seed, options.command(), tally);
    if (trace != null) {
      trace.line("stage " + (stages + 1) + " of " + nodes + " nodes");
      next.world.trace(trace);
    }
    stages++;
    stage = next;
    return next;
  }

  /// Notes what a scenario measured beside lookups and searches.
  void figure(String name, double value) {
    figures.put(name, value);
  }

  /// Notes a share, 0 to 1, in per cent.
  void share(String name, double share) {
    figures.put(name, 100 * share);
  }

  /// Production's values, but for the probes of large networks: they are upkeep that costs events
  /// and shows nothing about lookups.
  static DhtConfig configFor(int nodes) {
    DhtConfig production = DhtConfig.defaults();
    if (nodes <= FULL_LOGIC_MAX) {
      return production;
    }
    return production.toBuilder().probeIntervalMillis(60_000).probeGapMillis(20_000).build();
  }

  private void endStage() {
    Stage ended = stage;
    if (ended == null) {
      return;
    }
    World world = ended.world;
    events += world.events();
    messages += world.messages();
    virtualMillis += world.now();
    traceHash = stages == 1 ? world.traceHash() : Mix.of(traceHash, world.traceHash());
    if (stages == 1) {
      nodesLive = world.liveCount();
      sample(world);
    }
  }

  private void sample(World world) {
    int sample = Math.min(MEMBERS_SAMPLE, world.liveCount());
    long members = 0;
    long bytes = 0;
    for (int i = 0; i < sample; i++) {
      int place = (int) ((long) i * world.liveCount() / sample);
      int index = world.indexOf(world.liveContact(place).id());
      members += world.membersOf(index).size();
      bytes += world.routingBytesOf(index);
    }
    membersMean = Tally.mean(members, sample);
    routingBytesMean = Tally.mean(bytes, sample);
  }

  private SimulationResult result() {
    return new SimulationResult(
        options.nodes(),
        (int) nodesLive,
        events,
        messages,
        virtualMillis / 1_000.0,
        traceHash,
        tally.lookups,
        tally.succeeded,
        Tally.mean(tally.recallSum, tally.lookups),
        Tally.mean(tally.hopsSum, tally.lookups),
        Tally.mean(tally.callsSum, tally.lookups),
        membersMean,
        tally.keysSearched,
        tally.keysFound,
        tally.keysFoundAny,
        Tally.mean(tally.searchCalls, tally.searches),
        routingBytesMean,
        figures);
  }
}
