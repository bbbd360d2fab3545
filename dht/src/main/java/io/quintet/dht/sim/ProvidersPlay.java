package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtEffect;
import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Nodes provide keys, which are searched; a fifth of the nodes dies, as far as nobody dies who is
/// the last provider of a key; the keys are searched again; then nodes die and are replaced at 20 %
/// per hour, in a small network for longer than a record lives, with searches all the time.
final class ProvidersPlay {
  private static final int PROVIDERS_PER_KEY = 5;
  private static final int KEYS = 1_000;
  private static final int SEARCHES = 3;
  private static final int CHURN_SEARCHES = 15;
  private static final long MINUTE = 60_000;
  private static final long CHURN_MILLIS_MAX = 45 * MINUTE;
  private static final int CHURN_NODES = 50;
  private static final long SETTLED_MILLIS = 10_000;

  private final Stage stage;
  private final Map<Key, List<Integer>> provided = new LinkedHashMap<>();

  private ProvidersPlay(Stage stage) {
    this.stage = stage;
  }

  static void play(Simulation simulation) {
    int nodes = simulation.options().nodes();
    Stage stage = simulation.stage(nodes, Simulation.configFor(nodes));
    stage.join();
    ProvidersPlay play = new ProvidersPlay(stage);
    play.provide();
    play.search();
    if (nodes >= 4 * PROVIDERS_PER_KEY) {
      play.killFourOfFive();
      play.search();
      play.searchUnderChurn(simulation);
    }
  }

  private void provide() {
    Map<Integer, List<Key>> byNode = new LinkedHashMap<>();
    for (int i = 0; i < KEYS; i++) {
      Key key = Key.random(stage.targets);
      List<Integer> providers = new ArrayList<>();
      while (providers.size() < Math.min(PROVIDERS_PER_KEY, stage.nodes)) {
        int node = stage.anyLiveIndex(stage.joins);
        if (!providers.contains(node)) {
          providers.add(node);
          byNode.computeIfAbsent(node, each -> new ArrayList<>()).add(key);
        }
      }
      provided.put(key, providers);
    }
    byNode.forEach((node, keys) -> stage.world.tell(node, new DhtEvent.Provide(keys)));
    stage.world.runUntil(stage.world.now() + 10_000);
  }

  private void killFourOfFive() {
    int victims = stage.nodes / 5;
    for (int i = 0; i < victims; i++) {
      int victim = stage.anyLiveIndex(stage.deaths);
      boolean last = false;
      for (List<Integer> providers : provided.values()) {
        last |=
            providers.contains(victim) && providers.stream().filter(stage.world::runs).count() == 1;
      }
      if (!last) {
        stage.world.crash(victim);
      }
    }
  }

  private void search() {
    for (int i = 0; i < SEARCHES; i++) {
      List<Key> keys = List.copyOf(provided.keySet());
      stage.world.findProviders(stage.anyLiveIndex(stage.joins), keys, 1, this::searched);
      stage.world.runUntil(stage.world.now() + 60_000);
    }
  }

  private void searchUnderChurn(Simulation simulation) {
    Deaths deaths = new Deaths(stage);
    Tally tally = stage.tally;
    long made = tally.keysSearched;
    long found = tally.keysFound;
    long span = Math.clamp(CHURN_MILLIS_MAX * CHURN_NODES / stage.nodes, MINUTE, CHURN_MILLIS_MAX);
    long start = stage.world.now();
    List<Key> keys = List.copyOf(provided.keySet());
    for (int i = 1; i <= CHURN_SEARCHES; i++) {
      deaths.until(start + span * i / CHURN_SEARCHES);
      stage.world.findProviders(settled(), keys, 1, this::searched);
    }
    stage.world.runUntil(stage.world.now() + MINUTE);
    simulation.share(
        "keysFoundPercentUnderChurn",
        Tally.mean(tally.keysFound - found, tally.keysSearched - made));
  }

  /// A node that did not start just now.
  private int settled() {
    int index = stage.anyLiveIndex(stage.joins);
    for (int tries = 0; tries < 100 && isNew(index); tries++) {
      index = stage.anyLiveIndex(stage.joins);
    }
    return index;
  }

  private boolean isNew(int index) {
    return stage.world.node(index).joinedAt > stage.world.now() - SETTLED_MILLIS;
  }

  private void searched(DhtEffect effect) {
    if (effect instanceof DhtEffect.ProvidersFound found) {
      stage.tally.searches++;
      stage.tally.searchCalls += found.asked();
      provided.forEach((key, providers) -> {
        List<Contact> living =
            providers.stream().filter(stage.world::runs).map(stage.world::contact).toList();
        if (!living.isEmpty()) {
          stage.tally.key(key, found, living);
        }
      });
    }
  }
}
