package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtEffect;
import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Runs a scenario on a network of simulated nodes: the entry of `quintet simulate`.
public final class Simulation {
  /// The smallest and the largest network.
  public static final int NODES_MIN = 2;

  /// See [#NODES_MIN].
  public static final int NODES_MAX = 100_000;

  private static final int LOOKUPS_MAX = 2_000;
  private static final int RECALL_K = 20;
  private static final int PROVIDERS_PER_KEY = 5;
  private static final int KEYS = 1_000;
  private static final int MEMBERS_SAMPLE = 256;
  private static final long SETTLE_MILLIS = 20_000;
  private static final long JOINING_MILLIS = 5_000;
  private static final long CHURN_MILLIS_MIN = 60_000;
  private static final long CHURN_MILLIS_MAX = 900_000;
  private static final double CHURN_PER_HOUR = 0.2;
  private static final double FAILED_SHARE = 0.4;

  private final Scenario scenario;
  private final int nodes;
  private final World world;
  private final Tally tally = new Tally();
  private final SplittableRandom seeds;
  private final RandomGenerator joins;
  private final RandomGenerator deaths;
  private final RandomGenerator targets;
  private final Map<Key, List<Integer>> provided = new LinkedHashMap<>();

  private Simulation(Scenario scenario, int nodes, long seed) {
    this.scenario = scenario;
    this.nodes = nodes;
    this.seeds = new SplittableRandom(seed);
    this.joins = seeds.split();
    this.deaths = seeds.split();
    this.targets = seeds.split();
    this.world = new World(configFor(nodes), seed, command(scenario, nodes, seed));
  }

  /// Runs `scenario` from the first join to the last lookup.
  ///
  /// @param nodes [#NODES_MIN] to [#NODES_MAX]
  /// @param seed one seed gives one result
  /// @throws IllegalArgumentException when `nodes` is out of range
  /// @throws SimulationFailure when an invariant does not hold
  public static SimulationResult run(Scenario scenario, int nodes, long seed) {
    if (nodes < NODES_MIN || nodes > NODES_MAX) {
      throw new IllegalArgumentException(
          "nodes: " + nodes + " (expected: " + NODES_MIN + ".." + NODES_MAX + ")");
    }
    Simulation simulation = new Simulation(scenario, nodes, seed);
    simulation.join();
    simulation.play();
    return simulation.result();
  }

  /// The command line that runs this history again.
  public static String command(Scenario scenario, int nodes, long seed) {
    return "scripts/quintet simulate "
        + scenario.commandName()
        + " --nodes "
        + nodes
        + " --seed "
        + seed;
  }

  /// Production's values, but for the probes of large networks: they are upkeep that costs events
  /// and shows nothing about lookups.
  static DhtConfig configFor(int nodes) {
    DhtConfig production = DhtConfig.defaults();
    if (nodes <= 64) {
      return production;
    }
    return production.toBuilder().probeIntervalMillis(60_000).probeGapMillis(20_000).build();
  }

  private void join() {
    long window = Math.max(2_000, 5L * nodes);
    world.start(null);
    for (int i = 1; i < nodes; i++) {
      world.runUntil(window * i / nodes);
      world.start(anyLive(joins));
    }
    world.runUntil(window + SETTLE_MILLIS);
  }

  private void play() {
    switch (scenario) {
      case JOIN -> lookUp(lookupCount(), 20_000);
      case CHURN -> churn();
      case FAILURE -> fail();
      case PARTITION -> partition();
      case PROVIDERS -> provide();
    }
  }

  private void churn() {
    double deathsPerMilli = CHURN_PER_HOUR * nodes / 3_600_000;
    long span = Math.clamp(400 * CHURN_MILLIS_MAX / nodes, CHURN_MILLIS_MIN, CHURN_MILLIS_MAX);
    long end = world.now() + span;
    long next = world.now();
    int lookups = lookupCount();
    long firstLookupAt = world.now();
    for (int made = 0; world.now() < end; made++) {
      long lookupAt = firstLookupAt + span * made / lookups;
      while (next <= lookupAt && next < end) {
        world.runUntil(next);
        world.crash(anyLiveIndex(deaths));
        world.start(anyLive(joins));
        next += 1 + Math.round(-Math.log(1 - deaths.nextDouble()) / deathsPerMilli);
      }
      world.runUntil(Math.min(lookupAt, end));
      lookUpOnce();
    }
    world.runUntil(end + 15_000);
  }

  private void fail() {
    int dead = Math.min((int) (nodes * FAILED_SHARE), nodes - 1);
    for (int i = 0; i < dead; i++) {
      world.crash(anyLiveIndex(deaths));
    }
    lookUp(lookupCount() / 2, 10_000);
    world.runUntil(world.now() + 60_000);
    lookUp(lookupCount() / 2, 10_000);
  }

  private void partition() {
    world.partition(Partition.HALVES);
    beacons(60);
    world.partition(Partition.NONE);
    beacons(60);
    lookUp(lookupCount(), 20_000);
  }

  /// So many seconds in which nodes hear beacons of others.
  private void beacons(int seconds) {
    for (int i = 0; i < seconds; i++) {
      int heard = Math.max(2, Math.min(nodes, 1_000));
      for (int each = 0; each < heard; each++) {
        int listener = anyLiveIndex(joins);
        world.tell(listener, new DhtEvent.Hint(anyLive(joins)));
      }
      world.runUntil(world.now() + 1_000);
    }
  }

  private void provide() {
    Map<Integer, List<Key>> byNode = new LinkedHashMap<>();
    for (int i = 0; i < KEYS; i++) {
      Key key = Key.random(targets);
      List<Integer> providers = new ArrayList<>();
      while (providers.size() < Math.min(PROVIDERS_PER_KEY, nodes)) {
        int node = anyLiveIndex(joins);
        if (!providers.contains(node)) {
          providers.add(node);
          byNode.computeIfAbsent(node, each -> new ArrayList<>()).add(key);
        }
      }
      provided.put(key, providers);
    }
    byNode.forEach((node, keys) -> world.tell(node, new DhtEvent.Provide(keys)));
    world.runUntil(world.now() + 10_000);
    search();
    if (nodes >= 4 * PROVIDERS_PER_KEY) {
      killFourOfFive();
      search();
    }
  }

  /// As far as nobody who is the last provider of a key dies.
  private void killFourOfFive() {
    int victims = nodes / 5;
    for (int i = 0; i < victims; i++) {
      int victim = anyLiveIndex(deaths);
      boolean last = false;
      for (List<Integer> providers : provided.values()) {
        last |= providers.contains(victim) && providers.stream().filter(world::runs).count() == 1;
      }
      if (!last) {
        world.crash(victim);
      }
    }
  }

  private void search() {
    for (int i = 0; i < 3; i++) {
      List<Key> keys = List.copyOf(provided.keySet());
      world.findProviders(anyLiveIndex(joins), keys, this::searched);
      world.runUntil(world.now() + 60_000);
    }
  }

  private void searched(DhtEffect effect) {
    if (effect instanceof DhtEffect.ProvidersFound found) {
      tally.searches++;
      tally.searchCalls += found.asked();
      provided.forEach((key, providers) ->
          tally.key(
              key, found, providers.stream().filter(world::runs).map(world::contact).toList()));
    }
  }

  private void lookUp(int count, long window) {
    long start = world.now();
    for (int i = 0; i < count; i++) {
      world.runUntil(start + window * i / count);
      lookUpOnce();
    }
    world.runUntil(start + window + 15_000);
  }

  private void lookUpOnce() {
    Key target = Key.random(targets);
    Contact asker = anyLive(joins);
    List<Contact> atStart = world.trulyClosest(target, RECALL_K + 1);
    atStart.remove(asker);
    long startedAt = world.now();
    world.findNodes(
        world.indexOf(asker.id()),
        target,
        1,
        effect -> {
          if (effect instanceof DhtEffect.NodesFound found) {
            List<Contact> truth =
                atStart.stream().filter(each -> settled(each, startedAt)).toList();
            tally.lookup(found, truth.subList(0, Math.min(RECALL_K, truth.size())));
          }
        });
  }

  /// Nodes that are just joining or die during a lookup are nobody's to find.
  private boolean settled(Contact contact, long startedAt) {
    int index = world.indexOf(contact.id());
    return world.runs(index) && world.runsSince(index) <= startedAt - JOINING_MILLIS;
  }

  private int lookupCount() {
    return Math.min(LOOKUPS_MAX, Math.max(100, nodes));
  }

  private Contact anyLive(RandomGenerator random) {
    return world.liveContact(random.nextInt(world.liveCount()));
  }

  private int anyLiveIndex(RandomGenerator random) {
    return world.indexOf(anyLive(random).id());
  }

  private SimulationResult result() {
    int sample = Math.min(MEMBERS_SAMPLE, world.liveCount());
    long members = 0;
    for (int i = 0; i < sample; i++) {
      int place = (int) ((long) i * world.liveCount() / sample);
      members += world.membersOf(world.indexOf(world.liveContact(place).id())).size();
    }
    return new SimulationResult(
        nodes,
        world.liveCount(),
        world.events(),
        world.messages(),
        world.now() / 1_000.0,
        world.traceHash(),
        tally.lookups,
        tally.succeeded,
        Tally.mean(tally.recallSum, tally.lookups),
        Tally.mean(tally.hopsSum, tally.lookups),
        Tally.mean(tally.callsSum, tally.lookups),
        Tally.mean(members, sample),
        tally.keysSearched,
        tally.keysFound,
        tally.keysFoundAny,
        Tally.mean(tally.searchCalls, tally.searches));
  }
}
