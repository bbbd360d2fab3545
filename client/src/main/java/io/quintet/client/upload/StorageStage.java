package io.quintet.client.upload;

import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.client.network.Network;
import io.quintet.client.placement.Candidate;
import io.quintet.client.placement.PlacedChunk;
import io.quintet.client.placement.Placement;
import io.quintet.client.transfer.NodeHealth;
import io.quintet.client.transfer.Pause;
import io.quintet.client.transfer.PeerTransport;
import io.quintet.client.transfer.Replicator;
import io.quintet.client.transfer.RetryingTransport;
import io.quintet.client.transfer.StoredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/// Places and stores chunks. Thread-safe; waits in virtual threads.
final class StorageStage {
  private final Candidates candidates;
  private final int replicas;
  private final NodeHealth health = new NodeHealth(System::nanoTime);
  private final Replicator replicator;

  /// @param threads starts a virtual thread per task
  StorageStage(Network network, Candidates candidates, int replicas, ExecutorService threads) {
    this.candidates = candidates;
    this.replicas = replicas;
    RetryingTransport transport =
        new RetryingTransport(new PeerTransport(network.peers()), Pause.REAL);
    this.replicator = new Replicator(transport, health, replicas, threads);
  }

  /// How many nodes were found so far.
  int nodes() {
    return candidates.current().size();
  }

  StoredChunk store(EncodedBlob blob) throws InterruptedException {
    List<Candidate> usable = new ArrayList<>(candidates.current());
    usable.removeIf(candidate -> health.isOut(candidate.node()));
    PlacedChunk placed =
        Placement.place(blob, usable, health::isAvoided, replicas, ThreadLocalRandom.current());
    StoredChunk stored = replicator.store(placed);
    return stored.holders().size() == replicas
        ? stored
        : new StoredChunk(stored.id(), stored.blobBytes(), stored.holders(), health.troubles());
  }
}
