package io.quintet.dht.net;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/// What a node knows of deleted chunks: the port between the Kademlia calls and the node's disk.
/// Called on event loops; must not block.
public interface DeletedChunks {
  /// What is known of some keys.
  ///
  /// @param tombstones of those keys that are deleted as far as this node knows; several for one
  ///   key when strangers sent several, of which at most one is right
  /// @param proven those keys that were deleted here, with a secret that was checked: nobody can
  ///   provide them any more
  record Known(List<Tombstone> tombstones, Set<Key> proven) {
    /// Keeps its own copies.
    public Known {
      tombstones = List.copyOf(tombstones);
      proven = Set.copyOf(proven);
    }
  }

  /// Looks `keys` up.
  Future<Known> known(List<Key> keys);

  /// Somebody says that these chunks are deleted: deletes what this node holds, if the secret is
  /// right, and keeps the others for those who ask.
  ///
  /// @param sourceHost the literal address that it came from
  /// @return one outcome for each tombstone, in the same order
  Future<List<Burial>> bury(List<Tombstone> tombstones, String sourceHost);

  /// Another node answered an announcement of chunks with these tombstones.
  void told(List<Tombstone> tombstones);

  /// That of a process that keeps no chunks.
  static DeletedChunks none() {
    return new DeletedChunks() {
      @Override
      public Future<Known> known(List<Key> keys) {
        return Future.succeededFuture(new Known(List.of(), Set.of()));
      }

      @Override
      public Future<List<Burial>> bury(List<Tombstone> tombstones, String sourceHost) {
        return Future.succeededFuture(tombstones.stream().map(each -> Burial.FAILED).toList());
      }

      @Override
      public void told(List<Tombstone> tombstones) {
        // Nothing is kept that could be deleted.
      }
    };
  }
}
