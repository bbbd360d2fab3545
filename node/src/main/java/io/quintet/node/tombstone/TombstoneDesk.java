package io.quintet.node.tombstone;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/// Where the network brings tombstones and asks for them: the port between the Kademlia calls and
/// the store. Never blocks; futures complete on the caller's context.
public interface TombstoneDesk {
  /// What is known of some chunks.
  ///
  /// @param tombstones those of chunks that are deleted as far as this node knows
  /// @param proven those chunks that were deleted here
  record Known(List<Tombstone> tombstones, Set<Key> proven) {
    /// Keeps its own copies.
    public Known {
      tombstones = List.copyOf(tombstones);
      proven = Set.copyOf(proven);
    }
  }

  /// Looks `ids` up.
  Future<Known> known(List<Key> ids);

  /// Somebody at `sourceHost` brings tombstones.
  ///
  /// @return one outcome for each, in the same order; fails with a
  ///   [java.util.concurrent.RejectedExecutionException] when there is too much of it
  Future<List<Burial>> bury(List<Tombstone> tombstones, String sourceHost);

  /// Another node answered with tombstones. What is too much at a time is dropped: it comes again
  /// with the next announcement.
  void told(List<Tombstone> tombstones);
}
