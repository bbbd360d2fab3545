package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtEffect;
import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// One simulated network, and what scenarios do with it. Each kind of decision has a stream of
/// random numbers of its own.
final class Stage {
  private static final int LOOKUPS_MAX = 2_000;
  private static final int RECALL_K = 20;
  private static final long SETTLE_MILLIS = 20_000;
  private static final long JOINING_MILLIS = 5_000;
  private static final long ANSWERING_MILLIS = 15_000;
  private static final int BEACONS_MAX = 1_000;

  final World world;
  final int nodes;
  final Tally tally;
  final RandomGenerator joins;
  final RandomGenerator deaths;
  final RandomGenerator targets;

  /// @param nodes how many there are to be
  /// @param replay how a person repeats this run
  Stage(int nodes, DhtConfig config, long seed, String replay, Tally tally) {
    SplittableRandom seeds = new SplittableRandom(seed);
    this.nodes = nodes;
    this.tally = tally;
    this.joins = seeds.split();
    this.deaths = seeds.split();
    this.targets = seeds.split();
    this.world = new World(config, seed, replay);
  }

  /// All nodes join, each from one that is there, within seconds.
  void join() {
    long window = Math.max(2_000, 5L * nodes);
    world.start(null);
    for (int i = 1; i < nodes; i++) {
      world.runUntil(window * i / nodes);
      world.start(anyLive(joins));
    }
    world.runUntil(window + SETTLE_MILLIS);
  }

  /// So many seconds in which nodes hear beacons of others.
  void beacons(int seconds) {
    for (int i = 0; i < seconds; i++) {
      int heard = Math.max(2, Math.min(nodes, BEACONS_MAX));
      for (int each = 0; each < heard; each++) {
        int listener = anyLiveIndex(joins);
        Contact speaker = anyLive(joins);
        if (world.passes(world.indexOf(speaker.id()), listener)) {
          world.tell(listener, new DhtEvent.Hint(speaker));
        }
      }
      world.runUntil(world.now() + 1_000);
    }
  }

  /// So many lookups, spread over a time, and the wait for their ends.
  void lookUp(int count, long window, int paths) {
    long start = world.now();
    for (int i = 0; i < count; i++) {
      world.runUntil(start + window * i / count);
      lookUpOnce(paths);
    }
    world.runUntil(start + window + ANSWERING_MILLIS);
  }

  void lookUpOnce(int paths) {
    Key target = Key.random(targets);
    Contact asker = anyLive(joins);
    List<Contact> atStart = new ArrayList<>(world.trulyClosest(target, RECALL_K + 1));
    atStart.remove(asker);
    long startedAt = world.now();
    world.findNodes(
        world.indexOf(asker.id()),
        target,
        paths,
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
    return world.runs(index)
        && (world.node(index).joinedAt == 0
            || world.node(index).joinedAt <= startedAt - JOINING_MILLIS);
  }

  int lookupCount() {
    return Math.min(LOOKUPS_MAX, Math.max(100, nodes));
  }

  Contact anyLive(RandomGenerator random) {
    return world.liveContact(random.nextInt(world.liveCount()));
  }

  int anyLiveIndex(RandomGenerator random) {
    return world.indexOf(anyLive(random).id());
  }
}
