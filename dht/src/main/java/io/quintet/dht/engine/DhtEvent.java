package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to a [DhtEngine].
public sealed interface DhtEvent {
  /// Whom a search waits for.
  enum Patience {
    /// For every call's answer or end: the result is as complete as it gets.
    FOR_ALL,
    /// For nobody who is later than usual, once there is something for everything that was asked: a
    /// node that hangs costs a moment and not the time after which a call is given up. A search for
    /// one key asks nobody else, either, once three nodes have named the same provider.
    UNTIL_LATE
  }

  /// Someone said that `contact` exists (saved peers, mDNS, bootstrap): worth a ping, nothing else.
  record Hint(Contact contact) implements DhtEvent {}

  /// A HELLO in the name of `contact`, maybe forged. Of a stranger it is worth a ping. While it
  /// names the run that a known contact proved, it spares that contact a ping, though not for long.
  ///
  /// @param boot which run of the node speaks
  record Greeted(Contact contact, long boot) implements DhtEvent {}

  /// Someone said that `contact` has left: worth a ping, nothing else.
  record LeaveHint(Contact contact) implements DhtEvent {}

  /// A request came in; the engine answers with one [DhtEffect.Reply] of the same id, at once or
  /// later.
  ///
  /// @param requestId chosen by the adapter, not in use by another open request
  /// @param from the sender as it names itself, its host taken from the connection; null for a
  ///   client that is not a node
  /// @param boot which run of the sender calls, as it says itself; 0 when it does not say
  record Asked(long requestId, @Nullable Contact from, long boot, DhtRequest request)
      implements DhtEvent {}

  /// An answer to the [DhtEffect.Ask] with this id; late and unknown ids are ignored.
  record Answered(long rpcId, DhtResponse response) implements DhtEvent {}

  /// The [DhtEffect.Ask] with this id failed (refused, timed out, nonsense, wrong id or signature).
  record Unanswered(long rpcId) implements DhtEvent {}

  /// Find the nodes closest to `target`; answered by one [DhtEffect.NodesFound].
  ///
  /// @param paths how many disjoint paths, 1 to 8 (S/Kademlia, section 4.4)
  record FindNodes(long queryId, Key target, int paths) implements DhtEvent {}

  /// Find the providers of `keys`; answered by one [DhtEffect.ProvidersFound].
  ///
  /// @param keys any number: the engine groups them by region of the space
  /// @param patience how long nodes are waited for that are later than usual
  record FindProviders(long queryId, List<Key> keys, int paths, Patience patience)
      implements DhtEvent {
    /// Keeps its own copy of the keys.
    public FindProviders {
      keys = List.copyOf(keys);
    }

    /// Waits for everybody.
    public FindProviders(long queryId, List<Key> keys, int paths) {
      this(queryId, keys, paths, Patience.FOR_ALL);
    }
  }

  /// From now on this node provides `keys`: announce and keep announced.
  record Provide(List<Key> keys) implements DhtEvent {
    /// Keeps its own copy of the keys.
    public Provide {
      keys = List.copyOf(keys);
    }
  }

  /// This node no longer provides `keys`: stop announcing them.
  record Unprovide(List<Key> keys) implements DhtEvent {
    /// Keeps its own copy of the keys.
    public Unprovide {
      keys = List.copyOf(keys);
    }
  }

  /// The announcement of all own keys had come to `cursor` when this node stopped: go on there.
  record Resume(Key cursor) implements DhtEvent {}

  /// This node is about to withdraw all its records: it announces nothing any more.
  record Retire() implements DhtEvent {}

  /// Nothing happened but time. Early wake-ups are harmless.
  record Wakeup() implements DhtEvent {}
}
