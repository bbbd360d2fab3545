package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtEffect;
import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;

/// A share of the nodes is one adversary's, who joins as eagerly as others and lies
/// ([Adversaries]). Honest nodes look up random keys, and search what honest nodes provide, on
/// eight paths; where one key is eclipsed, they search that one alone. A lookup succeeds if it
/// finds the honest node that is truly closest, a search if it names an honest provider: a chunk is
/// checked by its hash, so lies among the named cost time.
final class AttackPlay {
  private static final int[] PERCENTS = {20, 50};
  private static final int PATHS = 8;
  private static final int KEYS = 100;
  private static final int PROVIDERS = 5;
  private static final int HINTS = 5;
  private static final int ROUNDS = 20;
  private static final long ROUND_MILLIS = 3_000;
  private static final int CALLED_PER_ROUND = 5;

  /// An id for which an adversary tries a million keys, a matter of seconds.
  private static final int GROUND_BITS = 20;

  private final Stage stage;
  private final Key eclipsed;
  private final List<Integer> adversaries = new ArrayList<>();
  private final List<Contact> everybody = new ArrayList<>();

  private AttackPlay(Stage stage) {
    this.stage = stage;
    this.eclipsed = Key.random(stage.targets);
  }

  static void play(Simulation simulation, boolean eclipse) {
    int nodes = simulation.options().nodes();
    for (Adversaries.Tactic tactic : Adversaries.Tactic.values()) {
      for (int percent : PERCENTS) {
        String suffix =
            tactic == Adversaries.Tactic.INVENT ? "InventedAt" + percent : "At" + percent;
        Stage stage = simulation.stage(nodes, Simulation.configFor(nodes));
        AttackPlay play = new AttackPlay(stage);
        play.join(Math.clamp((long) nodes * percent / 100, 1, nodes - 1), tactic, eclipse);
        if (!eclipse) {
          play.lookUp(simulation, suffix);
        }
        play.search(simulation, suffix, eclipse);
      }
    }
  }

  /// Honest nodes and adversaries arrive in one stream; everybody hears beacons of everybody.
  private void join(int hostile, Adversaries.Tactic tactic, boolean eclipse) {
    Adversaries hand = new Adversaries(tactic);
    World world = stage.world;
    for (int i = 0; i < stage.nodes; i++) {
      boolean lies = (long) i * hostile / stage.nodes != (long) (i + 1) * hostile / stage.nodes;
      if (lies) {
        long random = stage.joins.nextLong();
        Key id =
            eclipse ? Adversaries.beside(eclipsed, random, GROUND_BITS) : Key.random(stage.joins);
        adversaries.add(world.startAdversary(id, hand));
      } else {
        world.start(null);
      }
      everybody.add(world.contact(i));
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Contact contact : everybody) {
        tellOrCall(world.indexOf(contact.id()), contact);
      }
      world.runUntil(world.now() + ROUND_MILLIS);
    }
  }

  private void tellOrCall(int index, Contact self) {
    if (!adversaries.contains(index)) {
      for (int i = 0; i < HINTS; i++) {
        stage.world.tell(index, new DhtEvent.Hint(any()));
      }
      return;
    }
    // Who calls is pinged, and then known.
    for (int i = 0; i < CALLED_PER_ROUND; i++) {
      stage.world.call(index, stage.anyLive(stage.joins), new DhtRequest.FindNode(self.id()));
    }
    for (Contact near : stage.world.trulyClosest(self.id(), CALLED_PER_ROUND)) {
      stage.world.call(index, near, new DhtRequest.FindNode(self.id()));
    }
  }

  private Contact any() {
    return everybody.get(stage.joins.nextInt(everybody.size()));
  }

  private void lookUp(Simulation simulation, String suffix) {
    long made = stage.tally.lookups;
    long succeeded = stage.tally.succeeded;
    stage.lookUp(stage.lookupCount(), 60_000, PATHS);
    double share = Tally.mean(stage.tally.succeeded - succeeded, stage.tally.lookups - made);
    simulation.share("lookupSuccessPercent" + suffix, share);
  }

  /// Honest nodes provide keys, the eclipsed one alone or many; others search them.
  private void search(Simulation simulation, String suffix, boolean eclipse) {
    List<Key> keys = new ArrayList<>();
    List<List<Contact>> providers = new ArrayList<>();
    for (int i = 0; i < (eclipse ? 1 : KEYS); i++) {
      Key key = eclipse ? eclipsed : Key.random(stage.targets);
      List<Contact> of = new ArrayList<>();
      for (int each = 0; each < PROVIDERS; each++) {
        Contact provider = stage.anyLive(stage.joins);
        stage.world.tell(stage.world.indexOf(provider.id()), new DhtEvent.Provide(List.of(key)));
        of.add(provider);
      }
      keys.add(key);
      providers.add(of);
    }
    stage.world.runUntil(stage.world.now() + 30_000);
    long[] found = new long[1];
    for (int i = 0; i < KEYS; i++) {
      Key key = keys.get(i % keys.size());
      List<Contact> truth = providers.get(i % keys.size());
      stage.world.findProviders(
          asker(truth),
          List.of(key),
          PATHS,
          effect -> {
            if (effect instanceof DhtEffect.ProvidersFound answer) {
              stage.tally.searches++;
              stage.tally.searchCalls += answer.asked();
              long before = stage.tally.keysFoundAny;
              stage.tally.key(key, answer, truth);
              found[0] += stage.tally.keysFoundAny - before;
            }
          });
      stage.world.runUntil(stage.world.now() + 1_000);
    }
    stage.world.runUntil(stage.world.now() + 30_000);
    simulation.share("keysFoundPercent" + suffix, (double) found[0] / KEYS);
  }

  /// Somebody honest who does not provide the key, where there is one.
  private int asker(List<Contact> providers) {
    Contact asker = stage.anyLive(stage.joins);
    for (int tries = 0; tries < 100 && providers.contains(asker); tries++) {
      asker = stage.anyLive(stage.joins);
    }
    return stage.world.indexOf(asker.id());
  }
}
