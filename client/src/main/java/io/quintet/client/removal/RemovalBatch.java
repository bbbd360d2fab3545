package io.quintet.client.removal;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.network.Network;
import io.quintet.client.network.Waiting;
import io.quintet.client.removal.RemovalResult.Spread;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BurialAnswer;
import io.quintet.dht.net.PeerClient.DeleteOutcome;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

/// Some hundred chunks on their way out: who holds them, a deletion at each of these, then the
/// tombstones to the nodes that holders announce themselves to.
///
/// In this order, because only holders can tell whether the secrets are right: a wrong manifest
/// must not litter the network.
final class RemovalBatch {
  private static final String OFFLINE = "offline";
  private static final int CALLS_MAX = 32;
  private static final int ATTEMPTS = 3;
  private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(30);
  private static final Duration CALL_LIMIT = Duration.ofMinutes(2);
  private static final Duration BURIAL_LIMIT = Duration.ofMinutes(5);

  private final Network network;
  private final int replicas;
  private final NamedHolders named;
  private final Tally tally;
  private final Semaphore calls = new Semaphore(CALLS_MAX);
  private final Map<Key, Chunk> chunks = new TreeMap<>();

  /// @param replicas how many holders each chunk should have
  /// @param named who may hold chunks that too few are found of
  RemovalBatch(Network network, int replicas, NamedHolders named, Tally tally) {
    this.network = network;
    this.replicas = replicas;
    this.named = named;
    this.tally = tally;
  }

  /// What is known of one chunk. Guarded by itself.
  private static final class Chunk {
    private final Tombstone tombstone;
    private final Map<Key, Contact> holders = new TreeMap<>();
    private final Set<Key> deleted = new TreeSet<>();
    private final Map<Key, Contact> refusing = new TreeMap<>();
    private final Set<Key> absent = new TreeSet<>();

    Chunk(Tombstone tombstone) {
      this.tombstone = tombstone;
    }

    synchronized void answered(Contact node, DeleteOutcome outcome) {
      switch (outcome) {
        case DELETED -> {
          holders.put(node.id(), node);
          deleted.add(node.id());
        }
        case REFUSED -> refusing.put(node.id(), node);
        case UNKNOWN -> holders.remove(node.id());
      }
    }
  }

  /// Blocks until all chunks of the batch are as far as they can be now.
  void run(Path manifest, List<Tombstone> tombstones) throws InterruptedException {
    for (Tombstone each : tombstones) {
      chunks.put(each.id(), new Chunk(each));
    }
    findHolders();
    deleteAtHolders();
    refuseWrongSecrets(manifest);
    bury();
    for (Chunk chunk : chunks.values()) {
      settle(chunk);
    }
  }

  private void findHolders() throws InterruptedException {
    note(lookUp(network.dht().providers(chunks.keySet())));
    Set<Key> few = new TreeSet<>();
    chunks.forEach((id, chunk) -> {
      if (chunk.holders.size() < replicas) {
        few.add(id);
      }
    });
    if (!few.isEmpty()) {
      note(lookUp(network.dht().queryChunks(few)));
    }
    noteNamed();
  }

  /// Where fewer holders are found than there should be, those count as well who confirmed the
  /// chunk: who is there is asked, who is not is away.
  private void noteNamed() {
    Map<Key, Contact> there = new TreeMap<>();
    network.dht().members().forEach(member -> there.put(member.id(), member));
    chunks.forEach((id, chunk) -> {
      if (chunk.holders.size() < replicas) {
        for (Key node : named.of(id)) {
          Contact member = there.get(node);
          if (member != null) {
            chunk.holders.putIfAbsent(node, member);
          } else if (!chunk.holders.containsKey(node)) {
            chunk.absent.add(node);
          }
        }
      }
    });
  }

  private void note(Map<Key, List<Contact>> found) {
    found.forEach((id, holders) -> {
      Chunk chunk = chunks.get(id);
      if (chunk != null) {
        holders.forEach(holder -> chunk.holders.putIfAbsent(holder.id(), holder));
      }
    });
  }

  /// What was found; nothing when it failed or takes too long, because there are other ways.
  private static Map<Key, List<Contact>> lookUp(Future<Map<Key, List<Contact>>> lookup)
      throws InterruptedException {
    try {
      return Waiting.forValue(lookup, LOOKUP_LIMIT);
    } catch (TimeoutException | PeerException e) {
      return Map.of();
    }
  }

  private void deleteAtHolders() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<java.util.concurrent.Future<?>> running = new ArrayList<>();
      for (Chunk chunk : chunks.values()) {
        for (Contact holder : List.copyOf(chunk.holders.values())) {
          running.add(
              threads.submit(() -> {
                delete(chunk, holder);
                return true;
              }));
        }
      }
      try {
        for (java.util.concurrent.Future<?> each : running) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a deletion failed in an unforeseen way", e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private void delete(Chunk chunk, Contact holder) throws InterruptedException {
    calls.acquire();
    try {
      for (int attempt = 1; attempt <= ATTEMPTS && !tally.isAway(holder); attempt++) {
        try {
          chunk.answered(
              holder,
              Waiting.forValue(network.peers().deleteChunk(holder, chunk.tombstone), CALL_LIMIT));
          return;
        } catch (PeerException e) {
          // Who answered at all is there, and busy or broken.
          tally.failed(holder, e.status() == 0 ? OFFLINE : String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
          tally.failed(holder, "no answer in time");
        }
      }
    } finally {
      calls.release();
    }
  }

  /// One holder that refuses may lie; when nobody accepts any secret, the secrets are wrong.
  private void refuseWrongSecrets(Path manifest) {
    if (chunks.values().stream().anyMatch(chunk -> !chunk.deleted.isEmpty())) {
      return;
    }
    for (Chunk chunk : chunks.values()) {
      for (Contact node : chunk.refusing.values()) {
        throw new UserException(
            ExitCode.REFUSED,
            "node %s at %s refuses to delete chunk %s: the delete key of %s is not its owner's"
                .formatted(shortId(node.id()), node.url(), shortId(chunk.tombstone.id()), manifest),
            "use the manifest that put wrote for this file");
      }
    }
  }

  private void bury() throws InterruptedException {
    Collection<Tombstone> all =
        chunks.values().stream()
            .filter(chunk -> chunk.refusing.isEmpty() || !chunk.deleted.isEmpty())
            .map(chunk -> chunk.tombstone)
            .toList();
    List<BurialAnswer> answers;
    try {
      answers = Waiting.forValue(network.dht().bury(all), BURIAL_LIMIT);
    } catch (TimeoutException | PeerException e) {
      answers = List.of();
    }
    for (BurialAnswer answer : answers) {
      answer
          .outcomes()
          .forEach((id, burial) -> {
            Chunk chunk = chunks.get(id);
            if (chunk != null && burial == Burial.DELETED) {
              chunk.answered(answer.node(), DeleteOutcome.DELETED);
            }
          });
    }
  }

  private void settle(Chunk chunk) {
    chunk.holders.forEach((id, holder) -> {
      if (!chunk.deleted.contains(id)) {
        String why = chunk.refusing.containsKey(id) ? RemovalResult.REFUSES : OFFLINE;
        tally.pending(holder.id(), holder.url(), why);
      }
    });
    chunk.absent.removeAll(chunk.holders.keySet());
    chunk.absent.forEach(node -> tally.pending(node, "", OFFLINE));
    int known = chunk.holders.size() + chunk.absent.size();
    // A holder that is away for longer than records live is known to nobody.
    int expected = known == 0 ? 0 : Math.min(replicas, network.dht().members().size());
    tally.done(new Spread(chunk.deleted.size(), Math.max(known, expected)), expected - known);
  }

  private static String shortId(Key id) {
    return id.toString().substring(0, 8);
  }
}
