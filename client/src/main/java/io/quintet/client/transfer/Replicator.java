package io.quintet.client.transfer;

import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.client.placement.PlacedChunk;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.order.HashOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stores each chunk on as many nodes as wanted, in parallel; where one fails, the next target
/// takes its place, and where one is far slower than the others, the next is asked as well.
public final class Replicator {
  // A node is late when it takes so many times as long as the slowest that has stored the chunk,
  // and no less than this. A slow line slows all of them, and makes nobody late.
  private static final int LATE_TIMES = 3;
  private static final long LATE_NANOS_MIN = Duration.ofSeconds(1).toNanos();

  private final ChunkTransport transport;
  private final NodeHealth health;
  private final int replicas;
  private final ExecutorService threads;

  /// @param replicas how many nodes each chunk goes to
  /// @param threads starts a virtual thread per task; when it is shut down, stores end
  public Replicator(
      ChunkTransport transport, NodeHealth health, int replicas, ExecutorService threads) {
    this.transport = transport;
    this.health = health;
    this.replicas = replicas;
    this.threads = threads;
  }

  /// Stores until enough nodes answered durable or every target was tried.
  public StoredChunk store(PlacedChunk placed) throws InterruptedException {
    Round round = new Round(placed);
    try {
      return round.run();
    } finally {
      round.running.values().forEach(call -> call.cancel(true));
    }
  }

  private sealed interface Answer {
    record Stored(Contact node) implements Answer {}

    record Failed(Contact node, String why) implements Answer {}

    record Broken(RuntimeException cause) implements Answer {}

    record Interrupted() implements Answer {}
  }

  private Answer put(Contact node, Key id, byte[] blob, boolean uncached) {
    try {
      transport.put(node, id, blob, uncached);
      health.worked(node);
      return new Answer.Stored(node);
    } catch (PeerException e) {
      health.failed(node, e);
      return new Answer.Failed(node, NodeHealth.describe(node, e));
    } catch (RuntimeException e) {
      return new Answer.Broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Interrupted();
    }
  }

  /// One chunk's targets and answers. Owned by the thread that stores the chunk.
  private final class Round {
    private final EncodedBlob blob;
    private final Key id;
    private final Iterator<Contact> targets;

    /// Whom those that get the chunk ask first: the one among the targets that keeps it in memory.
    private final Optional<Contact> askedFirst;

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Map<Contact, Future<?>> running = new LinkedHashMap<>();
    private final List<Key> holders = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final long beganNanos = System.nanoTime();
    private long slowestNanos;
    // Those of the running ones beside which others were asked.
    private final Set<Contact> late = new HashSet<>();

    Round(PlacedChunk placed) {
      this.blob = placed.blob();
      this.id = Key.fromBytes(blob.id().toBytes());
      this.targets = placed.targets().iterator();
      List<Contact> first =
          placed.targets().subList(0, Math.min(replicas, placed.targets().size()));
      this.askedFirst = HashOrder.sorted(id, first, Contact::id).stream().findFirst();
    }

    StoredChunk run() throws InterruptedException {
      fill();
      while (holders.size() < replicas && !running.isEmpty()) {
        switch (next()) {
          case null -> {
            running.keySet().forEach(health::late);
            late.addAll(running.keySet());
          }
          case Answer.Stored(Contact node) -> {
            ended(node);
            holders.add(node.id());
            slowestNanos = System.nanoTime() - beganNanos;
          }
          case Answer.Failed(Contact node, String why) -> {
            ended(node);
            failures.add(why);
          }
          case Answer.Interrupted() -> throw new InterruptedException("the transfer ends");
          case Answer.Broken(RuntimeException cause) ->
              throw new IllegalStateException("storing a chunk failed in an unforeseen way", cause);
        }
        fill();
      }
      return new StoredChunk(blob.id(), blob.bytes().length, holders, failures);
    }

    private void ended(Contact node) {
      running.remove(node);
      late.remove(node);
    }

    /// Asks as many as are missing.
    private void fill() {
      while (running.size() - late.size() < replicas - holders.size() && targets.hasNext()) {
        Contact node = targets.next();
        health.begins(node);
        boolean uncached = !node.equals(askedFirst.orElse(null));
        running.put(node, threads.submit(() -> answers.add(put(node, id, blob.bytes(), uncached))));
      }
    }

    /// The next answer; null when those that are running have become late and others are left.
    private @Nullable Answer next() throws InterruptedException {
      if (holders.isEmpty() || !targets.hasNext() || !late.isEmpty()) {
        return answers.take();
      }
      long lateAt = Math.max(LATE_NANOS_MIN, LATE_TIMES * slowestNanos);
      long left = lateAt - (System.nanoTime() - beganNanos);
      return answers.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
  }
}
