package io.quintet.node.tombstone;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The tombstones of one node. Safe for many threads. All but [#mayKnow] and the counts may touch
/// the disk.
public interface Tombstones {
  /// How many foreign tombstones are kept for one chunk. Only one can be right; several are kept so
  /// that a stranger who is first with a made-up one does not keep the right one out.
  int PER_CHUNK_MAX = 4;

  /// Held tombstones, in the order of their slots.
  ///
  /// @param next where the next page begins, -1 at the end
  record Page(List<Tombstone> tombstones, int next) {
    /// Keeps its own copy.
    public Page {
      tombstones = List.copyOf(tombstones);
    }
  }

  /// Whether [#of] may find something, without asking the disk: false is certain.
  boolean mayKnow(Key id);

  /// The tombstone of a chunk that this node deleted.
  Optional<Tombstone> held(Key id) throws IOException;

  /// Everything that is known of `id`: the held one alone, or the foreign ones, at most
  /// [#PER_CHUNK_MAX].
  List<Tombstone> of(Key id) throws IOException;

  /// Keeps a tombstone that was checked, for ever; durable when this returns.
  ///
  /// @throws IOException when there is no room, or the disk failed
  void hold(Tombstone tombstone) throws IOException;

  /// Keeps tombstones that cannot be checked here, as long as there is room for them; durable when
  /// this returns. Those of a chunk that was deleted here are left out.
  ///
  /// @param sourceHost who brought them: when the table is full, the source that brought most gives
  ///   way, so a stranger pushes out none but strangers who brought as many
  void keep(List<Tombstone> tombstones, String sourceHost) throws IOException;

  /// Held tombstones from a place on: 0, or [Page#next] of the page before.
  ///
  /// @param limit at least 1
  Page page(int from, int limit) throws IOException;

  /// How many chunks were deleted here.
  int heldCount();

  /// How many tombstones of others are kept.
  int foreignCount();
}
