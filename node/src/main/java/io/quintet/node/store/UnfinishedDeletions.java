package io.quintet.node.store;

import io.quintet.dht.records.Tombstone;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.tombstone.Tombstones;
import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a start does about deletions that a crash cut off: the tombstone is durable before the file
/// is removed, so a chunk that has both is removed now. A deleted chunk never comes back.
final class UnfinishedDeletions {
  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedDeletions.class);
  private static final int PAGE = 1_000;

  private final Layout layout;
  private final ChunkIndex index;
  private final Volume volume;
  private int finished;

  UnfinishedDeletions(Layout layout, ChunkIndex index, Volume volume) {
    this.layout = layout;
    this.index = index;
    this.volume = volume;
  }

  void finish(Tombstones tombstones) throws IOException {
    int at = 0;
    while (at >= 0) {
      Tombstones.Page page = tombstones.page(at, PAGE);
      for (Tombstone each : page.tombstones()) {
        if (index.remove(each.id())) {
          Failpoint.RECOVERY_DELETED_FOUND.hit();
          Files.delete(layout.fileOf(each.id()));
          volume.forceDirectory(layout.directoryOf(each.id()));
          finished++;
        }
      }
      at = page.next();
    }
    if (finished > 0) {
      LOG.info("finished {} deletions that were cut off", finished);
    }
  }
}
