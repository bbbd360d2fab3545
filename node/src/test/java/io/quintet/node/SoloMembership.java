package io.quintet.node;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.peer.Membership;
import io.quintet.node.peer.Peers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A network of one: remembers what it was told, sends nothing.
final class SoloMembership implements Membership {
  final Set<Key> provided = ConcurrentHashMap.newKeySet();
  volatile boolean left;

  @Override
  public Key id() {
    return new Key(1, 2, 3, 4);
  }

  @Override
  public Future<Void> join(int httpPort) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Buffer> handle(String operation, Buffer body, String sourceHost) {
    return Future.succeededFuture(Buffer.buffer("{\"" + operation + "\":" + body.length() + "}"));
  }

  @Override
  public void provide(Collection<Key> keys) {
    provided.addAll(keys);
  }

  @Override
  public void unprovide(Collection<Key> keys) {
    provided.removeAll(keys);
  }

  @Override
  public Peers peers() {
    return new NoPeers(id());
  }

  @Override
  public Future<Void> withdraw() {
    provided.clear();
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> spread(Collection<Tombstone> tombstones) {
    return Future.succeededFuture();
  }

  @Override
  public int memberCount() {
    return 0;
  }

  @Override
  public Future<Void> leave() {
    left = true;
    return Future.succeededFuture();
  }
}
