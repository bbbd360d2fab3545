package io.quintet.node.peer;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;

/// This node's place in the network.
public interface Membership {
  /// The node's id.
  Key id();

  /// Enters the network; the HTTP server listens on `httpPort` already.
  Future<Void> join(int httpPort);

  /// Answers a Kademlia call of another node, see `POST /dht/{operation}` in the contract.
  Future<Buffer> handle(String operation, Buffer body, String sourceHost);

  /// From now on this node provides `keys`.
  void provide(Collection<Key> keys);

  /// This node no longer provides `keys`.
  void unprovide(Collection<Key> keys);

  /// Takes everything back that was ever provided, for a node that leaves for good; never fails for
  /// want of answers.
  Future<Void> withdraw();

  /// Brings tombstones to the nodes that holders of these chunks announce themselves to; never
  /// fails for want of answers.
  Future<Void> spread(Collection<Tombstone> tombstones);

  /// What this node asks of others.
  Peers peers();

  /// How many live nodes are known.
  int memberCount();

  /// Says GOODBYE and frees the sockets.
  Future<Void> leave();
}
