package io.quintet.node.service;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.Deletion;
import io.quintet.node.store.StoreException;
import io.quintet.node.tombstone.TombstoneDesk;
import io.quintet.node.tombstone.Tombstones;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes chunks for their owners, whichever way the tombstone comes: from the owner, with an
/// answer to an announcement, or from whoever spreads it. Every way ends in [ChunkStore#bury],
/// which compares the secret with the chunk itself.
public final class DeletionService implements TombstoneDesk {
  private static final Logger LOG = LoggerFactory.getLogger(DeletionService.class);

  /// Batches of tombstones that may be worked on or wait, so that strangers cannot fill the queue
  /// of the disk's threads.
  private static final int BATCHES_MAX = 4;

  private final ChunkStore store;
  private final Workers workers;
  private final Announcer announcer;
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicLong deleted = new AtomicLong();

  /// @param announcer told of every chunk that is gone
  public DeletionService(ChunkStore store, Workers workers, Announcer announcer) {
    this.store = store;
    this.workers = workers;
    this.announcer = announcer;
  }

  /// Deletes one chunk for whoever shows its secret.
  ///
  /// @return fails with a [StoreException]
  public Future<Deletion> delete(Tombstone tombstone) {
    return workers.call(() -> bury(tombstone));
  }

  /// How many chunks this process deleted.
  public long deletedCount() {
    return deleted.get();
  }

  private Deletion bury(Tombstone tombstone) throws StoreException {
    Deletion deletion = store.bury(tombstone);
    if (deletion == Deletion.DELETED) {
      deleted.incrementAndGet();
    }
    if (deletion == Deletion.DELETED || deletion == Deletion.DELETED_BEFORE) {
      announcer.unprovide(List.of(tombstone.id()));
      Failpoint.DELETE_WITHDRAWN.pass();
    }
    return deletion;
  }

  @Override
  public Future<Known> known(List<Key> ids) {
    Tombstones tombstones = store.tombstones();
    List<Key> maybe = ids.stream().filter(tombstones::mayKnow).toList();
    return maybe.isEmpty()
        ? Future.succeededFuture(new Known(List.of(), Set.of()))
        : workers.call(() -> read(tombstones, maybe));
  }

  private static Known read(Tombstones tombstones, List<Key> ids) throws IOException {
    List<Tombstone> found = new ArrayList<>();
    Set<Key> proven = new TreeSet<>();
    for (Key id : ids) {
      found.addAll(tombstones.of(id));
      if (tombstones.held(id).isPresent()) {
        proven.add(id);
      }
    }
    return new Known(found, proven);
  }

  @Override
  public Future<List<Burial>> bury(List<Tombstone> brought, String sourceHost) {
    if (batches.incrementAndGet() > BATCHES_MAX) {
      batches.decrementAndGet();
      return Future.failedFuture(new RejectedExecutionException("too many tombstones at a time"));
    }
    return workers
        .call(() -> buryAll(brought, sourceHost))
        .onComplete(done -> batches.decrementAndGet());
  }

  private List<Burial> buryAll(List<Tombstone> brought, String sourceHost) {
    List<Burial> burials = new ArrayList<>(brought.size());
    List<Tombstone> foreign = new ArrayList<>();
    for (Tombstone each : brought) {
      Burial burial = outcome(each);
      burials.add(burial);
      if (burial == Burial.KEPT) {
        foreign.add(each);
      }
    }
    try {
      store.tombstones().keep(foreign, sourceHost);
    } catch (IOException e) {
      LOG.warn("{} tombstones of others cannot be kept", foreign.size(), e);
      burials.replaceAll(burial -> burial == Burial.KEPT ? Burial.FAILED : burial);
    }
    return burials;
  }

  private Burial outcome(Tombstone tombstone) {
    try {
      return switch (bury(tombstone)) {
        case DELETED, DELETED_BEFORE -> Burial.DELETED;
        case WRONG_SECRET, NO_CAPABILITY -> Burial.REFUSED;
        case UNKNOWN -> Burial.KEPT;
      };
    } catch (StoreException e) {
      LOG.warn("chunk {} should be deleted and could not", tombstone.id(), e);
      return Burial.FAILED;
    }
  }

  @Override
  public void told(List<Tombstone> tombstones) {
    if (batches.incrementAndGet() > BATCHES_MAX) {
      batches.decrementAndGet();
      return;
    }
    workers
        .call(() -> tombstones.stream().map(this::outcome).filter(Burial.DELETED::equals).count())
        .onSuccess(count -> {
          if (count > 0) {
            LOG.info("deleted {} chunks that their owner deleted while this node was away", count);
          }
        })
        .onFailure(cause -> LOG.warn("tombstones could not be read", cause))
        .onComplete(done -> batches.decrementAndGet());
  }
}
