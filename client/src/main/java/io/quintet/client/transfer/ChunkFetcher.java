package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.PeerException;
import io.quintet.manifest.ChunkTable;
import io.quintet.manifest.blob.ChunkId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Finds and fetches the chunks of one manifest.
///
/// Asks, until one gives the right bytes: the holders that the DHT names soon; all that it names;
/// those that answer a UDP query; every known node that says it has the chunk; and then once more,
/// after a pause, those that failed in a way that may pass.
public final class ChunkFetcher {
  // Nodes that are asked directly when nobody else knows the chunk.
  private static final int MEMBERS_ASKED_MAX = 64;
  private static final Duration PAUSE_BEFORE_SECOND_ROUND = Duration.ofMillis(500);

  private final Dht dht;
  private final ChunkTable chunks;
  private final ChunkTransport transport;
  private final HolderIndex index;
  private final NodeHealth health = new NodeHealth(System::nanoTime);
  private final HolderOrder order;
  private final HedgedFetch hedged;
  private final ExecutorService threads;
  private final Pause pause;

  /// @param transport verifies what it gets
  /// @param threads starts a virtual thread per task; when it is shut down, fetches end
  public ChunkFetcher(
      Dht dht, ChunkTable chunks, ChunkTransport transport, ExecutorService threads, Pause pause) {
    this.dht = dht;
    this.chunks = chunks;
    this.transport = transport;
    this.index = new HolderIndex(dht, chunks);
    this.order = new HolderOrder(dht, health);
    this.hedged = new HedgedFetch(transport, health, threads);
    this.threads = threads;
    this.pause = pause;
  }

  /// Fetches chunk `position` of the manifest.
  public FetchedChunk fetch(int position) throws InterruptedException {
    Search search = new Search(chunks.id(position));
    List<Contact> providers = index.providers(position);
    byte[] blob = search.among(providers);
    if (blob == null && !providers.isEmpty()) {
      blob = search.among(index.allProviders(position));
    }
    if (blob == null) {
      blob = search.among(index.claimants(position));
    }
    if (blob == null) {
      blob = search.among(membersWith(search));
    }
    if (blob == null && search.mayPass()) {
      pause.pause(PAUSE_BEFORE_SECOND_ROUND);
      blob = search.again();
    }
    return blob == null
        ? new FetchedChunk.Missing(search.id, search.failures())
        : new FetchedChunk.Found(blob);
  }

  private List<Contact> membersWith(Search search) throws InterruptedException {
    List<Contact> members = search.unasked(dht.members());
    Map<Contact, Future<Boolean>> answers = new LinkedHashMap<>();
    for (Contact member : members.subList(0, Math.min(members.size(), MEMBERS_ASKED_MAX))) {
      answers.put(member, threads.submit(() -> transport.has(member, search.key)));
    }
    List<Contact> holders = new ArrayList<>();
    for (Map.Entry<Contact, Future<Boolean>> answer : answers.entrySet()) {
      try {
        if (answer.getValue().get()) {
          holders.add(answer.getKey());
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof PeerException failure) {
          search.failed.put(answer.getKey().id(), failure);
        } else {
          throw new IllegalStateException("asking a node failed unforeseen", e.getCause());
        }
      }
    }
    return holders;
  }

  /// One chunk's search: who was asked already, and what came of it. Owned by one thread.
  private final class Search {
    private final ChunkId id;
    private final Key key;
    private final Map<Key, PeerException> failed = new LinkedHashMap<>();

    Search(ChunkId id) {
      this.id = id;
      this.key = Key.fromBytes(id.toBytes());
    }

    /// Those not asked yet, in the order to ask them.
    List<Contact> unasked(Collection<Contact> holders) {
      List<Contact> unasked = new ArrayList<>();
      for (Contact holder : holders) {
        if (!failed.containsKey(holder.id())) {
          unasked.add(holder);
        }
      }
      return order.of(key, unasked);
    }

    byte @Nullable [] among(Collection<Contact> holders) throws InterruptedException {
      return ask(unasked(holders));
    }

    boolean mayPass() {
      return !passing().isEmpty();
    }

    byte @Nullable [] again() throws InterruptedException {
      return ask(passing());
    }

    private List<Contact> passing() {
      return failed.values().stream()
          .filter(failure -> failure.kind() == PeerException.Kind.RETRYABLE)
          .map(PeerException::node)
          .toList();
    }

    private byte @Nullable [] ask(List<Contact> holders) throws InterruptedException {
      List<PeerException> failures = new ArrayList<>();
      byte[] blob = hedged.fetch(key, holders, failures);
      failures.forEach(failure -> failed.put(failure.node().id(), failure));
      return blob;
    }

    List<String> failures() {
      return failed.values().stream()
          .map(failure -> NodeHealth.describe(failure.node(), failure))
          .toList();
    }
  }
}
