package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// This process's view of the network: who is there, and who has which chunk.
///
/// Safe to call from any thread; futures complete on the context of the caller, or on an event
/// loop.
public interface Dht {
  /// The closest responsive nodes to `target`, nearest first, at most k; empty when nobody answers.
  Future<List<Contact>> closest(Key target);

  /// Who has each of `keys` by the provider records: every key is in the map, maybe with no
  /// provider.
  Future<Map<Key, List<Contact>>> providers(Collection<Key> keys);

  /// The same for who wants one provider of each key, and soon: completes when every key has one
  /// and whoever has not answered yet is later than usual, so that a node that hangs delays nobody.
  /// Those that it leaves out come with [#providers].
  default Future<Map<Key, List<Contact>>> someProviders(Collection<Key> keys) {
    return providers(keys);
  }

  /// The fallback of [#providers]: asks everybody in UDP reach (`QUERY_CHUNK`) and completes with
  /// what came back within the time it waits; keys that nobody claims are left out.
  Future<Map<Key, List<Contact>>> queryChunks(Collection<Key> keys);

  /// From now on this node provides `keys` (nodes only).
  void provide(Collection<Key> keys);

  /// This node no longer provides `keys` (nodes only).
  void unprovide(Collection<Key> keys);

  /// Tells the nodes that holders of these chunks announce themselves to that the chunks are
  /// deleted. Those of them that hold one delete it; a holder that is away learns it from them when
  /// it comes back and announces what it has.
  ///
  /// @return what each node that was told answered; a node appears once for each call
  Future<List<BurialAnswer>> bury(Collection<Tombstone> tombstones);

  /// The proven, live contacts of the routing table, in key order.
  Collection<Contact> members();

  /// How discovery went so far, for people: one line per path that was tried (saved peers,
  /// broadcast on each interface, each bootstrap address) and what it answered.
  List<String> discoveryReport();

  /// Says GOODBYE (nodes only), stops the engine and closes the sockets.
  Future<Void> close();
}
