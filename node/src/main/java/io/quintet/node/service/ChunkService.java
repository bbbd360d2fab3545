package io.quintet.node.service;

import io.quintet.dht.id.Key;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.store.ChunkContent;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import io.quintet.node.store.StoreUsage;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Stores and serves chunks without blocking the caller: everything that may touch the disk runs on
/// worker threads. A chunk is durable first and announced then, never the other way round.
///
/// Futures complete on the caller's context. What bounds the queue of the workers is the edge's
/// limit on bodies in flight and on connections.
public final class ChunkService {
  private static final int ANNOUNCE_PAGE = 1_000;

  private final ChunkStore store;
  private final Workers workers;
  private final Announcer announcer;
  private final AtomicInteger uploads = new AtomicInteger();
  private volatile boolean leaving;

  /// @param announcer told of every chunk after it became durable
  public ChunkService(ChunkStore store, Workers workers, Announcer announcer) {
    this.store = store;
    this.workers = workers;
    this.announcer = announcer;
  }

  /// Announces everything that is stored; once, at start.
  public void announceAll() {
    List<ChunkEntry> page = store.list(null, ANNOUNCE_PAGE);
    while (!page.isEmpty()) {
      Failpoint.PUBLISH_PAGE_LISTED.pass();
      announcer.provide(page.stream().map(ChunkEntry::id).toList());
      page = store.list(page.getLast().id(), ANNOUNCE_PAGE);
    }
  }

  /// Whether `id` is stored, without asking the disk.
  public boolean holds(Key id) {
    return store.has(id);
  }

  /// Starts to take in `id`; empty when it is stored already and its file looks right.
  ///
  /// @param uncached whether memory shall rather not keep it
  /// @return fails with a [io.quintet.node.store.StoreException]
  public Future<Optional<ChunkIntake>> begin(Key id, int sizeBytes, boolean uncached) {
    return workers.call(() -> {
      uploads.incrementAndGet();
      Optional<ChunkIntake> begun = Optional.empty();
      try {
        refuseWhenLeaving();
        begun = store.confirm(id) ? Optional.empty() : Optional.of(intake(id, sizeBytes, uncached));
        return begun;
      } finally {
        if (begun.isEmpty()) {
          uploads.decrementAndGet();
        }
      }
    });
  }

  private ChunkIntake intake(Key id, int sizeBytes, boolean uncached) throws StoreException {
    return new ChunkIntake(
        id, store.begin(id, sizeBytes, uncached), workers, announcer, () -> uploads.addAndGet(-1));
  }

  /// A node that leaves is no place for a chunk, not even for one that it has.
  private void refuseWhenLeaving() throws StoreException {
    if (leaving) {
      throw new StoreException(
          StoreException.Kind.LEAVING, "this node is leaving the network for good");
    }
  }

  /// From now on no upload begins.
  public void refuseUploads() {
    leaving = true;
  }

  /// Takes uploads again: the node stays after all.
  public void acceptUploads() {
    leaving = false;
  }

  /// Whether uploads are refused because the node leaves.
  public boolean refusesUploads() {
    return leaving;
  }

  /// How many uploads are under way.
  public int uploads() {
    return uploads.get();
  }

  /// The verified content of `id`, which the caller closes; empty when it is not stored.
  ///
  /// @return fails with a [io.quintet.node.store.StoreException]
  public Future<Optional<ChunkContent>> open(Key id) {
    return workers.call(() -> store.open(id));
  }

  /// The inventory in key order, a page at a time.
  public List<ChunkEntry> list(@Nullable Key after, int limit) {
    return store.list(after, limit);
  }

  /// How full the node is.
  public StoreUsage usage() {
    return store.usage();
  }
}
