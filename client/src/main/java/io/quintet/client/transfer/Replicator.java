package io.quintet.client.transfer;

import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.client.placement.PlacedChunk;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Stores each chunk on as many nodes as wanted, in parallel; where one fails, the next target
/// takes its place.
public final class Replicator {
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
    List<Future<?>> slots = new ArrayList<>(replicas);
    int parallel = Math.min(replicas, placed.targets().size());
    for (int i = 0; i < parallel; i++) {
      slots.add(threads.submit(() -> fillSlot(round)));
    }
    for (Future<?> slot : slots) {
      await(slot);
    }
    return round.result();
  }

  private @Nullable Void fillSlot(Round round) throws InterruptedException {
    EncodedBlob blob = round.placed.blob();
    Key id = Key.fromBytes(blob.id().toBytes());
    for (Contact node = round.next(); node != null; node = round.next()) {
      try {
        transport.put(node, id, blob.bytes());
        health.worked(node);
        round.stored(node);
        return null;
      } catch (PeerException e) {
        health.failed(node, e);
        round.failed(NodeHealth.describe(node, e));
      }
    }
    return null;
  }

  private static void await(Future<?> slot) throws InterruptedException {
    try {
      slot.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("the transfer ends");
      }
      throw new IllegalStateException("storing a chunk failed in an unforeseen way", e.getCause());
    }
  }

  /// One chunk's targets and answers, shared by its slots.
  private static final class Round {
    private final PlacedChunk placed;
    private final Iterator<Contact> targets;
    private final List<Key> holders = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Round(PlacedChunk placed) {
      this.placed = placed;
      this.targets = placed.targets().iterator();
    }

    synchronized @Nullable Contact next() {
      return targets.hasNext() ? targets.next() : null;
    }

    synchronized void stored(Contact node) {
      holders.add(node.id());
    }

    synchronized void failed(String text) {
      failures.add(text);
    }

    synchronized StoredChunk result() {
      EncodedBlob blob = placed.blob();
      return new StoredChunk(blob.id(), blob.bytes().length, holders, failures);
    }
  }
}
