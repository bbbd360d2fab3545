package io.quintet.node.service.unjoin;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.order.HashOrder;
import io.quintet.node.peer.PeerFacts;
import io.quintet.node.peer.Peers;
import io.quintet.node.work.MonotonicTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The nodes that stay: they answer, and are not leaving themselves. Asked anew every few seconds.
/// Used by one thread.
final class Companions {
  /// In larger networks so many are enough to choose from.
  private static final int NODES_MAX = 128;

  private static final Duration AGE_MAX = Duration.ofSeconds(5);

  private final Peers peers;
  private final MonotonicTime time;
  private Map<Key, Companion> known = new LinkedHashMap<>();
  private long askedMillis;
  private boolean asked;

  /// One of them.
  record Companion(Contact contact, PeerFacts facts) {
    boolean hasRoom(long bytes) {
      return facts.ready() && facts.freeBytes() >= bytes;
    }

    /// What it shares with nodes that may fail together: its owner's labels, or else its host.
    String place() {
      return facts.labels().isEmpty() ? contact.host() : facts.labels().toString();
    }
  }

  Companions(Peers peers, MonotonicTime time) {
    this.peers = peers;
    this.time = time;
  }

  /// Asks everybody again if the last time is long ago.
  Collection<Companion> now() throws InterruptedException {
    if (!asked || time.millis() - askedMillis >= AGE_MAX.toMillis()) {
      Map<Key, Companion> fresh = new LinkedHashMap<>();
      for (Contact member : peers.members()) {
        if (fresh.size() >= NODES_MAX) {
          break;
        }
        Optional<PeerFacts> facts = peers.facts(member);
        if (facts.isPresent() && !facts.get().leaving()) {
          fresh.put(member.id(), new Companion(member, facts.get()));
        }
      }
      known = fresh;
      asked = true;
      askedMillis = time.millis();
    }
    return List.copyOf(known.values());
  }

  /// The next to get `chunk`: not one of `used`, with room, at a place of its own if there is one,
  /// then first in the order on which all nodes agree. Null when there is none.
  static @Nullable Companion next(
      Key chunk, long bytes, Collection<Companion> all, Set<Key> used, Set<String> places) {
    List<Companion> left = new ArrayList<>(all);
    left.removeIf(each -> used.contains(each.contact().id()) || !each.hasRoom(bytes));
    List<Companion> order = HashOrder.sorted(chunk, left, each -> each.contact().id());
    return order.stream()
        .filter(each -> !places.contains(each.place()))
        .findFirst()
        .orElse(order.isEmpty() ? null : order.getFirst());
  }
}
