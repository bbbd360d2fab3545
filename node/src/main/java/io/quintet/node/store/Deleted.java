package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.tombstone.Durability;
import io.quintet.node.tombstone.TombstoneLimits;
import io.quintet.node.tombstone.TombstoneTable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a store on disk asks of its tombstones, with its own exceptions.
final class Deleted {
  private static final Logger LOG = LoggerFactory.getLogger(Deleted.class);

  private final TombstoneTable tombstones;

  Deleted(TombstoneTable tombstones) {
    this.tombstones = tombstones;
  }

  /// Opens the file of tombstones beside the chunks; `volume` makes it durable.
  static TombstoneTable open(Layout layout, Volume volume) throws IOException {
    return TombstoneTable.open(
        layout.tombstones(),
        TombstoneLimits.DEFAULT,
        new Durability() {
          @Override
          public void force(FileChannel file) throws IOException {
            volume.force(file);
          }

          @Override
          public void forceDirectory(Path directory) throws IOException {
            volume.forceDirectory(directory);
          }
        });
  }

  TombstoneTable tombstones() {
    return tombstones;
  }

  /// Whether a sync failed, so that nothing can be deleted any more.
  boolean isBroken() {
    return tombstones.isBroken();
  }

  void close() {
    try {
      tombstones.close();
    } catch (IOException e) {
      LOG.warn("the file of tombstones could not be closed", e);
    }
  }

  /// The tombstone of a chunk that was deleted here.
  Optional<Tombstone> held(Key id) throws StoreException {
    try {
      return tombstones.mayKnow(id) ? tombstones.held(id) : Optional.empty();
    } catch (IOException e) {
      throw readFailed(e);
    }
  }

  /// Makes a tombstone durable whose secret was compared.
  void hold(Tombstone tombstone) throws StoreException {
    try {
      Failpoint.DELETE_SECRET_COMPARED.hit();
      tombstones.hold(tombstone);
      Failpoint.DELETE_TOMBSTONE_SYNCED.hit();
    } catch (IOException e) {
      if (tombstones.isBroken()) {
        LOG.error("sync of a tombstone failed: the volume is bad and takes no more chunks", e);
        throw new StoreException(StoreException.Kind.VOLUME_BAD, "cannot sync the tombstones", e);
      }
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      throw new StoreException(
          full ? StoreException.Kind.NO_ROOM : StoreException.Kind.FAILED,
          full ? "there is no room for a tombstone" : "cannot write a tombstone",
          e);
    }
  }

  /// Refuses what was deleted here.
  void refuse(Key id) throws StoreException {
    Optional<Tombstone> held = held(id);
    if (held.isPresent()) {
      throw new StoreException(held.get());
    }
  }

  /// Refuses what was deleted here, and what somebody said was deleted if that turns out to be true
  /// now that the chunk's header is here.
  void refuse(Key id, byte[] first) throws StoreException {
    refuse(id);
    Optional<BlobHeader> header = BlobHeader.of(first);
    if (header.isEmpty() || !tombstones.mayKnow(id)) {
      return;
    }
    for (Tombstone each : said(id)) {
      if (header.get().allows(each.secret())) {
        hold(each);
        throw new StoreException(each);
      }
    }
  }

  private List<Tombstone> said(Key id) throws StoreException {
    try {
      return tombstones.of(id);
    } catch (IOException e) {
      throw readFailed(e);
    }
  }

  private static StoreException readFailed(IOException e) {
    return new StoreException(StoreException.Kind.FAILED, "cannot read the tombstones", e);
  }
}
