package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import java.util.List;

/// What a node answers, one kind per kind of [DhtRequest].
public sealed interface DhtResponse {
  /// To a ping: the node is alive and owns its id (checked by the adapter before the engine sees
  /// it).
  ///
  /// @param boot the node's boot counter: another value than before means that it restarted and
  ///   lost the records it held
  record Pong(long boot) implements DhtResponse {}

  /// To a find-node.
  ///
  /// @param contacts nearest to the target first, at most [DhtConfig#k]
  record Nodes(List<Contact> contacts) implements DhtResponse {
    /// Keeps its own copy.
    public Nodes {
      contacts = List.copyOf(contacts);
    }
  }

  /// To a find-value.
  ///
  /// @param found the asked keys that this node has provider records of (others are left out)
  /// @param contacts nearest to the target first, at most [DhtConfig#k]
  record Values(List<Providers> found, List<Contact> contacts) implements DhtResponse {
    /// Keeps its own copies.
    public Values {
      found = List.copyOf(found);
      contacts = List.copyOf(contacts);
    }
  }

  /// To a store.
  ///
  /// @param accepted how many records are held now, 0 to the number that was sent
  /// @param refusal why the others are not: empty when all were accepted
  /// @param tombstones of those keys that are deleted as far as the node knows; the adapter hands
  ///   them to whoever holds the chunks, the engine has no use for them
  record Stored(int accepted, String refusal, List<Tombstone> tombstones) implements DhtResponse {
    /// Keeps its own copy.
    public Stored {
      tombstones = List.copyOf(tombstones);
    }

    /// The answer of a node that knows of no deleted chunk among them.
    public Stored(int accepted, String refusal) {
      this(accepted, refusal, List.of());
    }
  }

  /// Who provides `key`; at least one.
  record Providers(Key key, List<Contact> providers) {
    /// Keeps its own copy.
    public Providers {
      providers = List.copyOf(providers);
    }
  }
}
