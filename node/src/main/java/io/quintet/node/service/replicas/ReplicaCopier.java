package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.peer.Peers;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import io.quintet.node.work.MonotonicTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes replicas at other nodes, and removes this node's own where there are too many. Safe for
/// many threads.
final class ReplicaCopier {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaCopier.class);

  private final Peers peers;
  private final ChunkStore store;
  private final MonotonicTime time;
  private final NodeWatch watch;
  private final ReplicaBook book;
  private final Examiner examiner;
  private final AtomicLong copied = new AtomicLong();
  private final AtomicLong copiedBytes = new AtomicLong();
  private final AtomicLong present = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong trimmed = new AtomicLong();

  ReplicaCopier(Ground ground, NodeWatch watch, ReplicaBook book) {
    this.peers = ground.peers();
    this.store = ground.store();
    this.time = ground.time();
    this.watch = watch;
    this.book = book;
    this.examiner = new Examiner(peers);
  }

  /// Copies `chunk` to each of `targets`, to all at the same time.
  ///
  /// @return those of them that have proved it
  List<Key> copy(ChunkEntry chunk, List<Key> targets) throws InterruptedException, StoreException {
    Key id = chunk.id();
    Optional<byte[]> blob = OwnCopy.read(store, id);
    if (blob.isEmpty()) {
      return List.of();
    }
    Failpoint.REPAIR_COPY_READ.pass();
    List<Callable<Boolean>> copies = new ArrayList<>();
    for (Key target : targets) {
      Optional<Neighbour> node = watch.of(target);
      copies.add(() -> node.isPresent() && copyTo(node.get().contact(), id, blob.get()));
    }
    List<Boolean> proved = Together.run(copies);
    List<Key> made = new ArrayList<>();
    for (int i = 0; i < proved.size(); i++) {
      if (proved.get(i)) {
        made.add(targets.get(i));
      }
    }
    if (made.size() < targets.size()) {
      book.remember(id, book.memory(id).failed(time.millis()));
    }
    return made;
  }

  private boolean copyTo(Contact target, Key id, byte[] blob) throws InterruptedException {
    Failpoint.REPAIR_TARGET_CHOSEN.pass();
    Peers.PutAnswer answer = peers.put(target, id, blob);
    Failpoint.REPAIR_COPY_SENT.pass();
    boolean there =
        switch (answer) {
          case STORED, PRESENT -> examiner.examine(target, id, blob) == Examiner.Finding.OK;
          case NO_ROOM, DELETED, REFUSED, SILENT -> false;
        };
    if (!there) {
      LOG.debug("repair: node {} did not take chunk {}: {}", target.id(), id, answer);
      book.refused(id, target.id(), time.millis());
      failed.incrementAndGet();
      return false;
    }
    Failpoint.REPAIR_COPY_PROVED.pass();
    book.holds(id, target.id());
    Failpoint.REPAIR_COPY_COUNTED.pass();
    if (answer == Peers.PutAnswer.STORED) {
      copied.incrementAndGet();
      copiedBytes.addAndGet(blob.length);
    } else {
      present.incrementAndGet();
    }
    return true;
  }

  /// Removes this node's own copy of `chunk` if every witness proves its own.
  void trim(ChunkEntry chunk, List<Contact> witnesses) throws InterruptedException, StoreException {
    Key id = chunk.id();
    Optional<byte[]> blob = OwnCopy.read(store, id);
    if (blob.isEmpty()) {
      return;
    }
    for (Contact witness : witnesses) {
      if (examiner.examine(witness, id, blob.get()) != Examiner.Finding.OK) {
        return;
      }
    }
    Failpoint.TRIM_WITNESSES_PROVED.pass();
    if (store.delete(id)) {
      Failpoint.TRIM_COPY_REMOVED.pass();
      peers.unprovide(List.of(id));
      Failpoint.TRIM_WITHDRAWN.pass();
      trimmed.incrementAndGet();
      LOG.info("repair: removed a surplus copy of chunk {}", id);
    }
  }

  /// How many bytes of copies were made so far.
  long copiedBytes() {
    return copiedBytes.get();
  }

  void addTo(Map<String, Number> figures) {
    figures.put("copied", copied.get());
    figures.put("copiedBytes", copiedBytes.get());
    figures.put("alreadyThere", present.get());
    figures.put("failed", failed.get());
    figures.put("trimmed", trimmed.get());
  }
}
