package io.quintet.node.peer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.PeerException;
import io.quintet.node.tombstone.TombstoneDesk;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The other nodes, over `dht.net`: blocking faces of its futures.
final class DhtPeers implements Peers {
  private static final Logger LOG = LoggerFactory.getLogger(DhtPeers.class);
  private static final int KEYS_PER_LOOKUP = 256;
  private static final int CHUNK_BYTES_MAX = (1 << 20) + (4 << 10);
  private static final int LABELS_MAX = 32;
  private static final int LABEL_CHARS_MAX = 100;
  private static final Duration STATUS_TIME = Duration.ofSeconds(3);

  /// Beyond what every call allows itself: only a bug would make us wait so long.
  private static final Duration CALL_TIME_MAX = Duration.ofSeconds(60);

  private final Key self;
  private final Supplier<? extends @Nullable Dht> dht;
  private final PeerClient client;
  private final TombstoneDesk tombstones;

  /// @param dht null before the node has joined
  /// @param tombstones told of what others refuse as deleted
  DhtPeers(
      Key self,
      Supplier<? extends @Nullable Dht> dht,
      PeerClient client,
      TombstoneDesk tombstones) {
    this.tombstones = tombstones;
    this.self = self;
    this.dht = dht;
    this.client = client;
  }

  @Override
  public Key self() {
    return self;
  }

  @Override
  public Collection<Contact> members() {
    Dht joined = dht.get();
    return joined == null ? List.of() : others(joined.members());
  }

  @Override
  public List<Contact> closest(Key target) throws InterruptedException {
    Dht joined = dht.get();
    if (joined == null) {
      return List.of();
    }
    return await(joined.closest(target).map(this::others), failure -> List.of());
  }

  @Override
  public Map<Key, List<Contact>> holders(Collection<Key> chunks) throws InterruptedException {
    Map<Key, List<Contact>> found = new LinkedHashMap<>();
    chunks.forEach(chunk -> found.put(chunk, List.of()));
    Dht joined = dht.get();
    if (joined == null) {
      return found;
    }
    List<Key> all = List.copyOf(found.keySet());
    for (int from = 0; from < all.size(); from += KEYS_PER_LOOKUP) {
      List<Key> batch = all.subList(from, Math.min(all.size(), from + KEYS_PER_LOOKUP));
      Map<Key, List<Contact>> answer = await(joined.providers(batch), failure -> Map.of());
      for (Key chunk : batch) {
        found.put(chunk, others(answer.getOrDefault(chunk, List.of())));
      }
    }
    return found;
  }

  private List<Contact> others(Collection<Contact> contacts) {
    List<Contact> others = new ArrayList<>(contacts);
    others.removeIf(each -> each.id().equals(self));
    return others;
  }

  @Override
  public Optional<PeerFacts> facts(Contact node) throws InterruptedException {
    return await(
        client.status(node, STATUS_TIME).map(status -> factsOf(node, status)),
        failure -> Optional.empty());
  }

  /// Whatever a stranger sends is no reason to fail: what does not fit counts as nothing.
  private static Optional<PeerFacts> factsOf(Contact node, JsonObject status) {
    if (!node.id().toString().equals(status.getValue("id"))) {
      return Optional.empty();
    }
    long free = status.getValue("freeBytes") instanceof Number bytes ? bytes.longValue() : 0;
    Map<String, String> labels = new TreeMap<>();
    if (status.getValue("labels") instanceof JsonObject object && object.size() <= LABELS_MAX) {
      for (Map.Entry<String, Object> label : object) {
        if (label.getValue() instanceof String text && text.length() <= LABEL_CHARS_MAX) {
          labels.put(label.getKey(), text);
        }
      }
    }
    boolean ready = Boolean.TRUE.equals(status.getValue("ready"));
    boolean leaving = Boolean.TRUE.equals(status.getValue("leaving"));
    return Optional.of(new PeerFacts(Math.max(0, free), ready, leaving, labels));
  }

  @Override
  public Holding has(Contact node, Key chunk) throws InterruptedException {
    return await(
        client.hasChunk(node, chunk).map(yes -> yes ? Holding.YES : Holding.NO),
        failure -> Holding.SILENT);
  }

  @Override
  public ProofAnswer prove(Contact node, Key chunk, byte[] nonce, boolean recheck)
      throws InterruptedException {
    PeerClient.ProofQuestion question = new PeerClient.ProofQuestion(nonce, self, recheck);
    return await(
        client.proveChunk(node, chunk, question).map(ProofAnswer.Given::new),
        failure ->
            failure.kind() == PeerException.Kind.ABSENT
                ? new ProofAnswer.Absent()
                : new ProofAnswer.Silent());
  }

  @Override
  public PutAnswer put(Contact node, Key chunk, byte[] blob) throws InterruptedException {
    return await(
        client
            .putChunk(node, chunk, blob, false)
            .map(outcome ->
                switch (outcome) {
                  case STORED -> PutAnswer.STORED;
                  case PRESENT -> PutAnswer.PRESENT;
                }),
        failure -> {
          // It is checked against this node's own copy, if there is one.
          failure.tombstone().ifPresent(proof -> tombstones.told(List.of(proof)));
          return switch (failure.kind()) {
            case NO_ROOM -> PutAnswer.NO_ROOM;
            case RETRYABLE -> PutAnswer.SILENT;
            case DELETED -> PutAnswer.DELETED;
            case ABSENT, PERMANENT -> PutAnswer.REFUSED;
          };
        });
  }

  @Override
  public FetchAnswer fetch(Contact node, Key chunk) throws InterruptedException {
    return await(
        client
            .getChunk(node, chunk, CHUNK_BYTES_MAX)
            .map(blob ->
                sha256(blob).equals(chunk)
                    ? new FetchAnswer.Fetched(blob)
                    : new FetchAnswer.Wrong()),
        failure ->
            failure.kind() == PeerException.Kind.ABSENT
                ? new FetchAnswer.Absent()
                : new FetchAnswer.Silent());
  }

  private static Key sha256(byte[] blob) {
    try {
      return Key.fromBytes(MessageDigest.getInstance("SHA-256").digest(blob));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void unprovide(Collection<Key> chunks) {
    Dht joined = dht.get();
    if (joined != null) {
      joined.unprovide(chunks);
    }
  }

  /// The future's value, or what its failure means.
  private static <T> T await(Future<? extends T> call, Function<PeerException, T> failed)
      throws InterruptedException {
    CompletableFuture<T> waiting =
        call.<T>map(value -> value).toCompletionStage().toCompletableFuture();
    try {
      return waiting.get(CALL_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause();
      LOG.debug("a call to another node failed", cause == null ? e : cause);
      return failed.apply(cause instanceof PeerException known ? known : noAnswer());
    }
  }

  private static PeerException noAnswer() {
    Contact nobody = new Contact(new Key(0, 0, 0, 0), "0.0.0.0", 1);
    return new PeerException(nobody, PeerException.Kind.RETRYABLE, 0, "no answer");
  }
}
