package io.quintet.node.peer;

import io.quintet.dht.id.Key;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A network of one, until `dht.net` is there.
public final class LonelyMembership implements Membership {
  private final Key id = Key.fromBytes(java.security.SecureRandom.getSeed(32));
  private final Set<Key> provided = ConcurrentHashMap.newKeySet();

  @Override
  public Key id() {
    return id;
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
    assert !provided.isEmpty();
  }

  @Override
  public void unprovide(Collection<Key> keys) {
    provided.removeAll(keys);
  }

  @Override
  public int memberCount() {
    return 0;
  }

  @Override
  public Future<Void> leave() {
    return Future.succeededFuture();
  }
}
