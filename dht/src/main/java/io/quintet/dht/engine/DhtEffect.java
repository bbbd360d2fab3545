package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.List;
import java.util.Map;

/// Everything that a [DhtEngine] wants done, in the order in which it wants it.
public sealed interface DhtEffect {
  /// Send `request` to `to`; answer with [DhtEvent.Answered] or [DhtEvent.Unanswered] of this id.
  /// The engine gives up by itself after `timeoutMillis`, the adapter may free its resources then.
  record Ask(long rpcId, Contact to, DhtRequest request, long timeoutMillis) implements DhtEffect {}

  /// The answer to the [DhtEvent.Asked] of this id.
  record Reply(long requestId, DhtResponse response) implements DhtEffect {}

  /// The end of a [DhtEvent.FindNodes].
  ///
  /// @param contacts the closest responsive nodes, nearest first; empty when nobody answered
  /// @param coveredBits see [io.quintet.dht.lookup.LookupStep.Finished]
  /// @param asked how many RPCs it took
  /// @param hops the longest chain of referrals that was needed
  record NodesFound(long queryId, List<Contact> contacts, int coveredBits, int asked, int hops)
      implements DhtEffect {
    /// Keeps its own copy.
    public NodesFound {
      contacts = List.copyOf(contacts);
    }
  }

  /// The end of a [DhtEvent.FindProviders].
  ///
  /// @param providers every asked key in the asked order, each with its providers (maybe none)
  /// @param asked how many RPCs it took
  record ProvidersFound(long queryId, Map<Key, List<Contact>> providers, int asked)
      implements DhtEffect {}

  /// `contact` proved its id and entered the routing table.
  record Joined(Contact contact) implements DhtEffect {}

  /// `contact` stopped answering (or moved to another address) and left the routing table.
  record Left(Contact contact) implements DhtEffect {}

  /// `contact`, which has just left, was silent for so long that the others on the wire should
  /// look, too, each for itself: to be said as a goodbye in its name.
  record Silent(Contact contact) implements DhtEffect {}
}
