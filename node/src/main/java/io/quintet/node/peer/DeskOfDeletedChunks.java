package io.quintet.node.peer;

import io.quintet.dht.id.Key;
import io.quintet.dht.net.DeletedChunks;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.tombstone.TombstoneDesk;
import io.vertx.core.Future;
import java.util.List;

/// The node's tombstones as the Kademlia calls see them.
final class DeskOfDeletedChunks implements DeletedChunks {
  private final TombstoneDesk desk;

  DeskOfDeletedChunks(TombstoneDesk desk) {
    this.desk = desk;
  }

  @Override
  public Future<Known> known(List<Key> keys) {
    return desk.known(keys).map(known -> new Known(known.tombstones(), known.proven()));
  }

  @Override
  public Future<List<Burial>> bury(List<Tombstone> tombstones, String sourceHost) {
    return desk.bury(tombstones, sourceHost);
  }

  @Override
  public void told(List<Tombstone> tombstones) {
    desk.told(tombstones);
  }
}
