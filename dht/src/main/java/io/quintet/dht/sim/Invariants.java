package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtEngine;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must hold after every event at the node that it happened to; the expensive checks are
/// sampled once much has happened.
final class Invariants {
  /// So many events are checked in full; later ones one in [#SAMPLE].
  private static final long FULL_EVENTS = 20_000;

  private static final long SAMPLE = 512;

  private final DhtConfig config;
  private final String replay;

  Invariants(DhtConfig config, String replay) {
    this.config = config;
    this.replay = replay;
  }

  void afterEvent(SimNode node, long now, long events) {
    DhtEngine engine = node.engine;
    if (engine == null || (events > FULL_EVENTS && events % SAMPLE != 0)) {
      return;
    }
    check(engine.nextWakeup() > now, "node %d wants to be called at once again", node.index);
    List<Contact> members = engine.members();
    int[] bucketSizes = new int[Key.BITS + 1];
    for (int i = 0; i < members.size(); i++) {
      Key id = members.get(i).id();
      check(!id.equals(node.contact.id()), "node %d is its own contact", node.index);
      check(
          i == 0 || members.get(i - 1).id().compareTo(id) < 0,
          "node %d has its contacts in disorder",
          node.index);
      int bucket = node.contact.id().commonPrefixLength(id);
      bucketSizes[bucket]++;
      check(bucketSizes[bucket] <= 2 * config.k(), "node %d overfilled a bucket", node.index);
    }
  }

  /// Only true ids at true addresses ever enter a table, whatever is said.
  ///
  /// @param real who has this id; null for nobody
  void joined(SimNode node, Contact contact, @Nullable Contact real) {
    check(contact.equals(real), "node %d let a contact in that never existed", node.index);
  }

  void answeredOnce(long queryId, @Nullable Object open) {
    check(open != null, "query %d was answered twice", queryId);
  }

  void repliedOnce(long requestId, boolean open) {
    check(open, "request %d was answered twice", requestId);
  }

  private void check(boolean holds, String what, long number) {
    if (!holds) {
      throw new SimulationFailure(what.formatted(number), replay);
    }
  }
}
