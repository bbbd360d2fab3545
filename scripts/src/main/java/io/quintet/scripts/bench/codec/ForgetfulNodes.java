package io.quintet.scripts.bench.codec;

import io.quintet.client.network.Network;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BurialAnswer;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A network of nodes that take every chunk at once and forget it: what is left of a put is the
/// client's own work. No socket is opened. Thread-safe.
final class ForgetfulNodes implements Dht, PeerClient {
  private static final int NODES = 5;
  private static final int FIRST_PORT = 8_000;

  private final List<Contact> nodes = new ArrayList<>();

  ForgetfulNodes() {
    Random random = new Random(NODES);
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Contact(Key.random(random), "127.0.0.1", FIRST_PORT + i));
    }
  }

  @Override
  public Future<PutOutcome> putChunk(Contact node, Key id, byte[] blob, boolean uncached) {
    return Future.succeededFuture(PutOutcome.STORED);
  }

  @Override
  public Future<byte[]> getChunk(Contact node, Key id, int bytesMax) {
    return Future.failedFuture(
        new PeerException(node, PeerException.Kind.ABSENT, 404, "it forgot " + id));
  }

  @Override
  public Future<Boolean> hasChunk(Contact node, Key id) {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<DeleteOutcome> deleteChunk(Contact node, Tombstone tombstone) {
    return Future.succeededFuture(DeleteOutcome.UNKNOWN);
  }

  @Override
  public Future<List<BurialAnswer>> bury(Collection<Tombstone> tombstones) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<byte[]> proveChunk(Contact node, Key id, ProofQuestion question) {
    return Future.failedFuture(
        new PeerException(node, PeerException.Kind.ABSENT, 404, "nothing is kept"));
  }

  @Override
  public Future<JsonObject> status(Contact node, Duration timeout) {
    return Future.succeededFuture(new JsonObject());
  }

  @Override
  public Future<List<Contact>> closest(Key target) {
    return Future.succeededFuture(
        nodes.stream().sorted((a, b) -> target.compareDistance(a.id(), b.id())).toList());
  }

  @Override
  public Future<Map<Key, List<Contact>>> providers(Collection<Key> keys) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<Map<Key, List<Contact>>> queryChunks(Collection<Key> keys) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public void provide(Collection<Key> keys) {
    // Clients provide nothing.
  }

  @Override
  public void unprovide(Collection<Key> keys) {
    // Clients provide nothing.
  }

  @Override
  public Collection<Contact> members() {
    return nodes;
  }

  @Override
  public List<String> discoveryReport() {
    return List.of();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  /// The client's way to these nodes.
  Network network() {
    return new Network() {
      @Override
      public List<Contact> discover(int needed, int wanted) {
        return nodes;
      }

      @Override
      public Dht dht() {
        return ForgetfulNodes.this;
      }

      @Override
      public PeerClient peers() {
        return ForgetfulNodes.this;
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
