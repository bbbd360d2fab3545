package io.quintet.node.service.unjoin;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.peer.Peers;
import io.quintet.node.service.replicas.Examiner;
import io.quintet.node.service.replicas.OwnCopy;
import io.quintet.node.service.unjoin.Companions.Companion;
import io.quintet.node.store.BlobHeader;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Makes sure that others hold one chunk: has the known holders prove it, and gives it to further
/// nodes, which prove it as well, until there are enough. Safe for many threads.
final class HandOver {
  private final Peers peers;
  private final ChunkStore store;
  private final Examiner examiner;
  private final AtomicLong copied = new AtomicLong();
  private final AtomicLong copiedBytes = new AtomicLong();

  HandOver(Peers peers, ChunkStore store) {
    this.peers = peers;
    this.store = store;
    this.examiner = new Examiner(peers);
  }

  /// What came of it.
  enum Outcome {
    /// As many others hold it as the owner wants, or all there are.
    SAFE,
    /// Fewer do, but at least one.
    SHORT,
    /// No other node does.
    ALONE
  }

  /// @param holders who is said to hold it
  /// @param companions the nodes that stay
  Outcome handOver(ChunkEntry chunk, List<Contact> holders, Collection<Companion> companions)
      throws InterruptedException, StoreException {
    Key id = chunk.id();
    Optional<byte[]> blob = OwnCopy.read(store, id);
    if (blob.isEmpty()) {
      // Deleted by its owner, or damaged and put aside: there is nothing to hand over.
      return Outcome.SAFE;
    }
    int wanted =
        BlobHeader.of(blob.get()).map(BlobHeader::replicas).orElse(BlobHeader.REPLICAS_DEFAULT);
    int needed = Math.min(wanted, companions.size());
    Progress progress = new Progress(id, blob.get());
    Map<Key, Companion> staying =
        companions.stream().collect(Collectors.toMap(each -> each.contact().id(), each -> each));
    for (Contact holder : holders) {
      Companion known = staying.get(holder.id());
      if (known != null && progress.proven < needed) {
        progress.examine(known);
      }
    }
    while (progress.proven < needed) {
      Companion next =
          Companions.next(id, blob.get().length, companions, progress.used, progress.places);
      if (next == null) {
        break;
      }
      progress.give(next);
    }
    if (!store.has(id)) {
      return Outcome.SAFE;
    }
    if (progress.proven >= needed && needed > 0) {
      return Outcome.SAFE;
    }
    return progress.proven > 0 ? Outcome.SHORT : Outcome.ALONE;
  }

  /// One chunk on its way.
  private final class Progress {
    private final Key id;
    private final byte[] blob;
    private final Set<Key> used = new HashSet<>();
    private final Set<String> places = new HashSet<>();
    private int proven;

    Progress(Key id, byte[] blob) {
      this.id = id;
      this.blob = blob;
    }

    void examine(Companion node) throws InterruptedException {
      switch (examiner.examine(node.contact(), id, blob)) {
        case OK -> {
          used.add(node.contact().id());
          places.add(node.place());
          proven++;
        }
        // It may take it again.
        case MISSING -> {}
        case TIMEOUT, WRONG -> used.add(node.contact().id());
      }
    }

    void give(Companion node) throws InterruptedException {
      used.add(node.contact().id());
      switch (peers.put(node.contact(), id, blob)) {
        case STORED -> {
          copied.incrementAndGet();
          copiedBytes.addAndGet(blob.length);
          examine(node);
        }
        case PRESENT -> examine(node);
        case NO_ROOM, DELETED, REFUSED, SILENT -> {}
      }
    }
  }

  long copied() {
    return copied.get();
  }

  long copiedBytes() {
    return copiedBytes.get();
  }
}
