package io.quintet.client.memory;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.network.Network;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BurialAnswer;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.proof.PossessionProof;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A network of nodes in memory.
public final class MemoryNetwork implements Network {
  /// Which ways of finding chunks work.
  public enum Records {
    /// The DHT knows every holder.
    DHT,
    /// The DHT knows nothing, UDP queries are answered.
    UDP,
    /// Nobody answers but nodes that are asked directly.
    NONE
  }

  private final List<MemoryNode> nodes = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger discoveries = new AtomicInteger();
  private final AtomicInteger lookups = new AtomicInteger();
  private volatile Records records = Records.DHT;

  /// A network of `count` nodes on different hosts.
  public static MemoryNetwork of(int count) {
    MemoryNetwork network = new MemoryNetwork();
    for (int i = 1; i <= count; i++) {
      Key id = new Key(0x9E3779B97F4A7C15L * i, i, i, i);
      network.nodes.add(new MemoryNode(new Contact(id, "192.0.2." + i, 8000 + i)));
    }
    return network;
  }

  private MemoryNetwork() {}

  /// All nodes.
  public List<MemoryNode> nodes() {
    return nodes;
  }

  /// One node.
  public MemoryNode node(int index) {
    return nodes.get(index);
  }

  /// From now on chunks are found so.
  public void records(Records which) {
    records = which;
  }

  /// How often somebody looked for nodes.
  public int discoveries() {
    return discoveries.get();
  }

  /// How many DHT lookups there were.
  public int lookups() {
    return lookups.get();
  }

  @Override
  public List<Contact> discover(int needed, int wanted) {
    discoveries.incrementAndGet();
    if (nodes.isEmpty()) {
      throw new UserException(ExitCode.NO_NODES, "no nodes found", "start one");
    }
    return nodes.stream().limit(wanted).map(MemoryNode::contact).toList();
  }

  @Override
  public Dht dht() {
    return new MemoryDht();
  }

  @Override
  public PeerClient peers() {
    return new MemoryPeers();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private <T> Future<T> call(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    threads.execute(() -> {
      try {
        done.complete(work.call());
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    });
    return Future.fromCompletionStage(done);
  }

  private MemoryNode at(Contact contact) {
    return nodes.stream()
        .filter(node -> node.contact().equals(contact))
        .findAny()
        .orElseThrow(() -> new PeerException(contact, PeerException.Kind.RETRYABLE, 0, "nobody"));
  }

  private Map<Key, List<Contact>> holders(Collection<Key> keys, boolean known) {
    Map<Key, List<Contact>> holders = new LinkedHashMap<>();
    for (Key key : keys) {
      holders.put(
          key,
          nodes.stream()
              .filter(node -> known && node.chunks().containsKey(key))
              .map(MemoryNode::contact)
              .toList());
    }
    return holders;
  }

  private final class MemoryDht implements Dht {
    @Override
    public Future<List<Contact>> closest(Key target) {
      return call(() ->
          nodes.stream()
              .map(MemoryNode::contact)
              .sorted((a, b) -> target.compareDistance(a.id(), b.id()))
              .limit(20)
              .toList());
    }

    @Override
    public Future<Map<Key, List<Contact>>> providers(Collection<Key> keys) {
      lookups.incrementAndGet();
      return call(() -> holders(keys, records == Records.DHT));
    }

    @Override
    public Future<Map<Key, List<Contact>>> queryChunks(Collection<Key> keys) {
      return call(() -> {
        Map<Key, List<Contact>> found = holders(keys, records == Records.UDP);
        found.values().removeIf(List::isEmpty);
        return found;
      });
    }

    @Override
    public void provide(Collection<Key> keys) {
      throw new IllegalStateException("a client provides nothing");
    }

    @Override
    public void unprovide(Collection<Key> keys) {
      throw new IllegalStateException("a client provides nothing");
    }

    @Override
    public Future<List<BurialAnswer>> bury(Collection<Tombstone> tombstones) {
      return call(() -> {
        List<BurialAnswer> answers = new ArrayList<>();
        for (MemoryNode node : nodes) {
          answers.add(node.bury(tombstones));
        }
        return answers;
      });
    }

    @Override
    public Collection<Contact> members() {
      return nodes.stream()
          .map(MemoryNode::contact)
          .sorted((a, b) -> a.id().compareTo(b.id()))
          .toList();
    }

    @Override
    public List<String> discoveryReport() {
      return List.of("memory: " + nodes.size() + " nodes");
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private final class MemoryPeers implements PeerClient {
    @Override
    public Future<PutOutcome> putChunk(Contact node, Key id, byte[] blob, boolean uncached) {
      return call(() -> at(node).put(id, blob));
    }

    @Override
    public Future<byte[]> getChunk(Contact node, Key id, int bytesMax) {
      return call(() -> at(node).get(id));
    }

    @Override
    public Future<Boolean> hasChunk(Contact node, Key id) {
      return call(() -> at(node).has(id));
    }

    @Override
    public Future<DeleteOutcome> deleteChunk(Contact node, Tombstone tombstone) {
      return call(() -> at(node).delete(tombstone));
    }

    @Override
    public Future<byte[]> proveChunk(Contact node, Key id, ProofQuestion question) {
      return call(() ->
          PossessionProof.of(question.nonce(), node.id(), question.verifier(), at(node).get(id)));
    }

    @Override
    public Future<JsonObject> status(Contact node, Duration timeout) {
      return call(() -> {
        at(node).meet();
        return new JsonObject().put("freeBytes", 1L << 40).put("labels", new JsonObject());
      });
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
