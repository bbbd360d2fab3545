package io.quintet.client.upload;

import io.quintet.client.network.Network;
import io.quintet.client.placement.Candidate;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The nodes that chunks can go to: those that were found at first, and those that turn up later.
/// Each is asked once for its labels and its free space; what it does not say is left open.
/// Thread-safe.
final class Candidates {
  // A small network is known completely before the first chunk is placed, so that every node gets
  // its share.
  private static final int NODES_WANTED = 32;
  // Plenty to choose from; a larger network is sampled.
  private static final int NODES_MAX = 256;
  private static final Duration STATUS_LIMIT = Duration.ofMillis(500);
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int SAMPLE_LOOKUPS = 4;

  private final Network network;
  private final TreeMap<Key, Candidate> known = new TreeMap<>();
  private List<Candidate> snapshot = List.of();
  private long snapshotNanos;

  private Candidates(Network network) {
    this.network = network;
  }

  /// Finds nodes, and waits a moment for what they say about themselves.
  ///
  /// @throws io.quintet.client.UserException with `NO_NODES`
  static Candidates discover(Network network, int needed) throws InterruptedException {
    Candidates candidates = new Candidates(network);
    List<Future<JsonObject>> statuses = new ArrayList<>();
    statuses.addAll(candidates.add(network.discover(needed, Math.max(needed, NODES_WANTED))));
    statuses.addAll(candidates.add(network.dht().members()));
    candidates.settle(statuses);
    return candidates;
  }

  private void settle(List<Future<JsonObject>> statuses) throws InterruptedException {
    CompletableFuture<?> all = Future.join(statuses).toCompletionStage().toCompletableFuture();
    try {
      all.get(STATUS_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // A node that does not tell its room is a candidate all the same.
      refresh();
    }
    refresh();
  }

  /// Looks up a few random places, so that a large network is not represented by the nodes that
  /// happened to answer first. Does not wait.
  void sample(Random random) {
    for (int i = 0; i < SAMPLE_LOOKUPS; i++) {
      Key target =
          new Key(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
      network.dht().closest(target).onSuccess(this::add);
    }
  }

  /// All nodes known by now, in the order of their ids.
  synchronized List<Candidate> current() {
    if (System.nanoTime() - snapshotNanos > FRESH_NANOS) {
      add(network.dht().members());
      refresh();
    }
    return snapshot;
  }

  private synchronized void refresh() {
    snapshot = List.copyOf(known.values());
    snapshotNanos = System.nanoTime();
  }

  private synchronized List<Future<JsonObject>> add(Collection<Contact> nodes) {
    List<Future<JsonObject>> statuses = new ArrayList<>();
    for (Contact node : nodes) {
      if (known.size() < NODES_MAX
          && known.putIfAbsent(node.id(), Candidate.unknown(node)) == null) {
        statuses.add(
            network.peers().status(node, STATUS_LIMIT).onSuccess(status -> learn(node, status)));
      }
    }
    return statuses;
  }

  private synchronized void learn(Contact node, JsonObject status) {
    known.put(node.id(), new Candidate(node, labels(status), freeBytes(status)));
  }

  // What a node says about itself is a hint and can be anything.
  private static long freeBytes(JsonObject status) {
    Object free = status.getValue("freeBytes");
    return free instanceof Integer || free instanceof Long
        ? ((Number) free).longValue()
        : Candidate.UNKNOWN_FREE_BYTES;
  }

  private static String labels(JsonObject status) {
    @Nullable Object labels = status.getValue("labels");
    return labels instanceof JsonObject object && !object.isEmpty()
        ? new TreeMap<>(object.getMap()).toString()
        : "";
  }
}
