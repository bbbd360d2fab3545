package io.quintet.dht.upkeep;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.routing.RoutingTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/// Nodes that joined or restarted, and so have to be told of the own keys that they are close to
/// now.
///
/// Only where the routing table is complete enough to say who is close: everywhere in a small
/// network, in the owner's own neighbourhood in a large one; elsewhere the cycle of
/// [RegionRepublish] sees to it. Bounded: a node beyond the bound waits for the cycle too.
final class Handovers {
  private static final int NODES_MAX = 1_024;

  /// Networks of up to this many contacts, in multiples of k, count as small.
  private static final int SMALL_PER_K = 8;

  /// Keys looked at in one step.
  private static final int KEYS_PER_STEP = 2_000;

  private final Key self;
  private final RepublishPace pace;
  private final Map<Contact, Key> cursors = new LinkedHashMap<>(1);
  private long dueAt = Long.MAX_VALUE;

  Handovers(Key self, RepublishPace pace) {
    this.self = self;
    this.pace = pace;
  }

  void add(long now, Contact contact) {
    if (cursors.size() < NODES_MAX) {
      cursors.put(contact, new Key(0, 0, 0, 0));
      dueAt = Math.min(dueAt, now + pace.announceDelayMillis());
    }
  }

  long nextWakeup() {
    return dueAt;
  }

  /// One step of the first handover: the call it takes, null when none.
  @Nullable StoreBatch next(long now, NavigableSet<Key> own, RoutingTable table) {
    if (cursors.isEmpty()) {
      dueAt = Long.MAX_VALUE;
      return null;
    }
    Map.Entry<Contact, Key> first = cursors.entrySet().iterator().next();
    Contact contact = first.getKey();
    int bits = zoneBits(contact, table);
    Key from = contact.id().subtreeFirst(bits);
    from = from.compareTo(first.getValue()) > 0 ? from : first.getValue();
    Key last = contact.id().subtreeLast(bits);
    if (bits > Key.BITS || from.compareTo(last) > 0) {
      cursors.remove(contact);
      return null;
    }
    List<Key> keys = new ArrayList<>();
    Key following = collect(own.subSet(from, true, last, true), contact, table, keys);
    if (following == null) {
      cursors.remove(contact);
    } else {
      cursors.put(contact, following);
    }
    return keys.isEmpty() ? null : new StoreBatch(contact, keys, 1);
  }

  /// Whether the table says everywhere who is close.
  boolean coverAll(RoutingTable table) {
    return table.size() <= SMALL_PER_K * pace.k();
  }

  /// How many leading bits a key has to share with `contact`; more than [Key#BITS] for none will
  /// do.
  private int zoneBits(Contact contact, RoutingTable table) {
    if (coverAll(table)) {
      return 0;
    }
    int zone = Math.max(0, table.densityBits() - 1);
    return self.commonPrefixLength(contact.id()) >= zone ? zone : Key.BITS + 1;
  }

  private @Nullable Key collect(
      NavigableSet<Key> from, Contact contact, RoutingTable table, List<Key> into) {
    int seen = 0;
    for (Key key : from) {
      if (seen++ >= KEYS_PER_STEP || into.size() >= pace.keysPerCallMax()) {
        return key;
      }
      List<Contact> closest = table.closest(key, pace.copies());
      if (closest.size() < pace.copies()
          || key.compareDistance(contact.id(), closest.getLast().id()) <= 0) {
        into.add(key);
      }
    }
    return null;
  }
}
