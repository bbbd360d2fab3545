package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtEffect;
import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Nodes provide chunks, with production's values, and announce them again and again: what one
/// cycle of ten minutes costs each, and whether all is found after the first records expired.
///
/// Keys that are provided once weigh on the announcing node alone, so few nodes provide where each
/// provides many.
final class RepublishPlay {
  private static final int[] CHUNKS = {1, 1_000, 10_000, 100_000, 1_000_000};
  private static final int KEYS_MAX = 500_000;
  private static final int SEARCHED = 1_000;
  private static final long EXPIRED_MILLIS_AFTER_TTL = 300_000;

  private RepublishPlay() {}

  static void play(Simulation simulation) {
    int wanted = simulation.options().chunks();
    for (int chunks : wanted == 0 ? CHUNKS : new int[] {wanted}) {
      play(simulation, chunks);
    }
  }

  private static void play(Simulation simulation, int chunks) {
    int nodes = simulation.options().nodes();
    DhtConfig config = Simulation.configFor(nodes);
    Stage stage = simulation.stage(nodes, config);
    stage.join();
    int publishers = Math.clamp(KEYS_MAX / chunks, 1, nodes);
    Cycle cycle = new Cycle(publishers);
    stage.world.watch(cycle);
    List<Key> searched = new ArrayList<>();
    List<Contact> owners = new ArrayList<>();
    for (int node = 0; node < publishers; node++) {
      List<Key> keys = keysOf(simulation, node, chunks);
      stage.world.tell(node, new DhtEvent.Provide(keys));
      int share = Math.max(1, SEARCHED / publishers);
      for (Key key : keys.subList(0, Math.min(keys.size(), share))) {
        searched.add(key);
        owners.add(stage.world.contact(node));
      }
    }
    long provided = stage.world.now();
    stage.world.runUntil(provided + config.republishIntervalMillis());
    cycle.counting = true;
    stage.world.runUntil(provided + 2 * config.republishIntervalMillis());
    cycle.counting = false;
    stage.world.runUntil(provided + config.recordTtlMillis() + EXPIRED_MILLIS_AFTER_TTL);
    simulation.figure("publishers" + chunks, publishers);
    simulation.figure("lookupsPerCycleMean" + chunks, Tally.mean(cycle.lookups(), publishers));
    simulation.figure("lookupsPerCycleMax" + chunks, (double) cycle.lookupsMax());
    simulation.figure("storesPerCycleMean" + chunks, Tally.mean(cycle.stores, publishers));
    simulation.share("keysFoundPercent" + chunks, search(stage, searched, owners));
  }

  private static List<Key> keysOf(Simulation simulation, int node, int chunks) {
    SplittableRandom random = new SplittableRandom(Mix.of(simulation.options().seed(), node, 7));
    List<Key> keys = new ArrayList<>(chunks);
    for (int i = 0; i < chunks; i++) {
      keys.add(Key.random(random));
    }
    return keys;
  }

  private static double search(Stage stage, List<Key> keys, List<Contact> owners) {
    long before = stage.tally.keysFound;
    stage.world.findProviders(
        stage.anyLiveIndex(stage.joins),
        keys,
        1,
        effect -> {
          if (effect instanceof DhtEffect.ProvidersFound found) {
            stage.tally.searches++;
            stage.tally.searchCalls += found.asked();
            for (int i = 0; i < keys.size(); i++) {
              stage.tally.key(keys.get(i), found, List.of(owners.get(i)));
            }
          }
        });
    stage.world.runUntil(stage.world.now() + 120_000);
    return (double) (stage.tally.keysFound - before) / keys.size();
  }

  /// Counts what the publishers do in a cycle: every key that they look up, and every store.
  private static final class Cycle implements Watcher {
    private final List<Set<Key>> targets = new ArrayList<>();
    private boolean counting;
    private long stores;

    Cycle(int publishers) {
      for (int i = 0; i < publishers; i++) {
        targets.add(new LinkedHashSet<>());
      }
    }

    @Override
    public void asks(int index, DhtRequest request) {
      if (!counting || index >= targets.size()) {
        return;
      }
      switch (request) {
        case DhtRequest.FindNode(Key target) -> targets.get(index).add(target);
        case DhtRequest.Store _ -> stores++;
        case DhtRequest.Ping _, DhtRequest.FindValue _, DhtRequest.Withdraw _ -> {}
      }
    }

    long lookups() {
      return targets.stream().mapToLong(Set::size).sum();
    }

    long lookupsMax() {
      return targets.stream().mapToLong(Set::size).max().orElse(0);
    }
  }
}
