package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.Dht;
import io.quintet.dht.order.HashOrder;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// In which order the holders of a chunk are asked: in the chunk's own order ([HashOrder]), but
/// before all those that are known to live, because they gave this transfer a chunk or answered the
/// DHT a moment ago, and last those that failed or were late a moment ago. Thread-safe.
///
/// So each holder is the first of an equal share of the chunks, and of the same ones for everybody:
/// a chunk that many want lies in the memory of one node and not of five. That is the node which
/// was asked to keep it there when the chunk was put.
///
/// A process that hangs still takes connections, and so costs whoever asks it the whole time until
/// another is asked as well. It does not answer the DHT, which finds out for free.
final class HolderOrder {
  private enum Rank {
    ALIVE,
    UNKNOWN,
    AVOIDED
  }

  private record Ranked(Contact holder, Rank rank) {}

  private final Dht dht;
  private final NodeHealth health;

  HolderOrder(Dht dht, NodeHealth health) {
    this.dht = dht;
    this.health = health;
  }

  /// @param holders distinct ones
  List<Contact> of(Key chunk, Collection<Contact> holders) {
    Set<Key> members =
        dht.members().stream().map(Contact::id).collect(Collectors.toUnmodifiableSet());
    // Taken once: what is known of a node may change while others sort by it.
    return HashOrder.sorted(chunk, holders, Contact::id).stream()
        .map(holder -> new Ranked(holder, rank(holder, members)))
        .sorted(Comparator.comparing(Ranked::rank))
        .map(Ranked::holder)
        .toList();
  }

  private Rank rank(Contact holder, Set<Key> members) {
    if (health.isAvoided(holder)) {
      return Rank.AVOIDED;
    }
    return members.contains(holder.id()) || health.hasWorked(holder) ? Rank.ALIVE : Rank.UNKNOWN;
  }
}
