package io.quintet.client.upkeep;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.network.Network;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.order.HashOrder;
import io.quintet.manifest.ChunkTable;
import io.quintet.manifest.Chunks;
import io.quintet.manifest.Manifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// The replicas of one file: audits them, and restores those that are missing. Memory is bounded by
/// the chunks that are under way, whatever the size of the file. Owned by one thread.
public final class FileReplicas {
  private static final int BATCH_CHUNKS = 256;
  private static final int AT_ONCE = 6;
  private static final int NODES_WANTED = 256;

  private final Network network;
  private final ProgressListener progress;
  private final AtomicLong copied = new AtomicLong();

  /// @param network stays open
  public FileReplicas(Network network, ProgressListener progress) {
    this.network = network;
    this.progress = progress;
  }

  /// Counts the replicas by proof.
  ///
  /// @throws UserException with `NO_NODES`, or `INTERRUPTED`
  public AuditResult audit(Manifest manifest) {
    return pass("audit", manifest, Set.of());
  }

  /// Makes the missing replicas, then counts what there is.
  ///
  /// @throws UserException with `NO_NODES`, or `INTERRUPTED`
  public RepairResult repair(Manifest manifest) {
    Set<Contact> nodes = new LinkedHashSet<>(network.discover(manifest.replicas(), NODES_WANTED));
    nodes.addAll(network.dht().members());
    AuditResult after = pass("repair", manifest, nodes);
    return new RepairResult(copied.get(), nodes.size(), after);
  }

  /// @param targets where missing replicas may go, nobody for an audit
  private AuditResult pass(String operation, Manifest manifest, Set<Contact> targets) {
    long began = System.nanoTime();
    progress.on(new ProgressEvent.Started(operation, manifest.size()));
    progress.on(new ProgressEvent.NodesFound(network.discover(1, NODES_WANTED).size()));
    AuditCount count = new AuditCount(manifest.replicas());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      NodeCalls calls = new NodeCalls(network.peers());
      ChunkCheck check = new ChunkCheck(calls, threads);
      HolderLookup lookup = new HolderLookup(network.dht());
      Map<Key, Long> sizes = distinct(manifest);
      List<Key> ids = List.copyOf(sizes.keySet());
      try {
        for (int from = 0; from < ids.size(); from += BATCH_CHUNKS) {
          List<Key> batch = ids.subList(from, Math.min(ids.size(), from + BATCH_CHUNKS));
          Map<Key, List<Contact>> holders = lookup.of(batch, manifest.replicas());
          List<Callable<CheckedChunk>> jobs = new ArrayList<>();
          holders.forEach((id, nodes) ->
              jobs.add(() -> restored(calls, check, check.check(id, nodes), manifest, targets)));
          run(
              jobs,
              threads,
              chunk -> {
                count.add(chunk);
                done(count, sizes.getOrDefault(chunk.id(), 0L));
              });
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new UserException(
            ExitCode.INTERRUPTED, "interrupted before the end", "run the command again", e);
      }
    }
    progress.on(
        new ProgressEvent.Finished(
            count.chunks(), manifest.size(), (System.nanoTime() - began) / 1e9));
    return count.result();
  }

  private void done(AuditCount count, long bytes) {
    progress.on(new ProgressEvent.ChunkDone(count.chunks(), count.addBytes(bytes)));
  }

  /// The distinct chunks in the order of the file, with the plain bytes that each stands for.
  private static Map<Key, Long> distinct(Manifest manifest) {
    ChunkTable chunks = manifest.chunks();
    Map<Key, Long> sizes = new LinkedHashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      long length = Chunks.length(manifest.size(), i);
      sizes.merge(Key.fromBytes(chunks.id(i).toBytes()), length, Long::sum);
    }
    return sizes;
  }

  /// What takes a finished chunk.
  private interface Sink {
    void take(CheckedChunk chunk);
  }

  private static void run(List<Callable<CheckedChunk>> jobs, ExecutorService threads, Sink sink)
      throws InterruptedException {
    Deque<Future<CheckedChunk>> running = new ArrayDeque<>();
    for (int next = 0; next < jobs.size() || !running.isEmpty(); ) {
      if (next < jobs.size() && running.size() < AT_ONCE) {
        running.add(threads.submit(jobs.get(next)));
        next++;
        continue;
      }
      try {
        sink.take(running.remove().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof InterruptedException) {
          throw (InterruptedException) new InterruptedException("the audit ends").initCause(e);
        }
        throw new IllegalStateException("an audit failed in an unforeseen way", e.getCause());
      }
    }
  }

  /// The chunk with the replicas that could be made. They go to the nodes to which its holders
  /// would copy it, so that it does not matter who is first.
  private CheckedChunk restored(
      NodeCalls calls,
      ChunkCheck check,
      CheckedChunk chunk,
      Manifest manifest,
      Collection<Contact> nodes)
      throws InterruptedException {
    byte[] blob = chunk.blob();
    if (nodes.isEmpty() || blob == null) {
      return chunk;
    }
    List<Contact> proven = new ArrayList<>(chunk.proven());
    Set<Key> holding = new LinkedHashSet<>();
    proven.forEach(node -> holding.add(node.id()));
    for (Contact node : HashOrder.sorted(chunk.id(), nodes, Contact::id)) {
      if (proven.size() >= manifest.replicas()) {
        break;
      }
      if (holding.add(node.id()) && made(calls, check, node, chunk.id(), blob)) {
        proven.add(node);
      }
    }
    List<Contact> wrong = new ArrayList<>(chunk.wrong());
    wrong.removeAll(proven);
    return new CheckedChunk(chunk.id(), blob, proven, wrong, chunk.unreachable());
  }

  private boolean made(NodeCalls calls, ChunkCheck check, Contact node, Key id, byte[] blob)
      throws InterruptedException {
    try {
      boolean isNew = calls.put(node, id, blob);
      if (!check.proves(node, id, blob)) {
        return false;
      }
      copied.addAndGet(isNew ? 1 : 0);
      return true;
    } catch (PeerException e) {
      progress.on(new ProgressEvent.Warning("a copy failed: " + e.getMessage()));
      return false;
    }
  }
}
