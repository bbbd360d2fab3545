package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.tombstone.Tombstones;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps chunks under their SHA-256. Safe to use from many threads at once.
///
/// What it guarantees: a chunk whose [ChunkWriter#commit] returned is durable, and bytes that do
/// not hash to their id are never handed out. Methods that may touch the disk say so: they block
/// and belong on a worker thread.
public interface ChunkStore extends AutoCloseable {
  /// The largest chunk there is: 1 MiB and 4 KiB for header and cipher overhead.
  int CHUNK_BYTES_MAX = (1 << 20) + (4 << 10);

  /// Starts to write one chunk and sets room aside for it. Blocks.
  ///
  /// @param sizeBytes exactly how many bytes will follow, 0 to [#CHUNK_BYTES_MAX]
  /// @param uncached whether memory shall rather not keep the bytes, which nobody will read soon
  /// @throws StoreException with `NO_ROOM`, `VOLUME_BAD` or `DELETED`
  ChunkWriter begin(Key id, int sizeBytes, boolean uncached) throws StoreException;

  /// Whether `id` is stored, by the index alone: never blocks.
  boolean has(Key id);

  /// What a check of one copy found.
  enum Verdict {
    /// Every byte is as it was stored.
    RIGHT,
    /// It was damaged and is put aside: this store no longer has the chunk.
    WRONG,
    /// It is not stored.
    ABSENT
  }

  /// Whether `id` is stored and right, checked as [#open] does. Blocks.
  boolean confirm(Key id) throws StoreException;

  /// The verified content of `id`, empty when it is not stored (or turned out to be wrong, then it
  /// is put aside first). Blocks. The caller closes it.
  Optional<ChunkContent> open(Key id) throws StoreException;

  /// Reads every byte of `id` from the disk again, whatever was checked before. Blocks.
  ///
  /// @throws StoreException with `FAILED` or `VOLUME_BAD`
  Verdict verify(Key id) throws StoreException;

  /// How many replicas of `id` its owner wants, by the chunk's own header: remembered since it was
  /// written, or since it was asked for the first time, which blocks. Empty when it is not stored.
  ///
  /// @throws StoreException with `FAILED` or `VOLUME_BAD`
  OptionalInt replicas(Key id) throws StoreException;

  /// Chunks that were put aside as damaged, by this process or an earlier one, and that this store
  /// has no right copy of; in no order, at most `limit`. Blocks.
  List<Key> missing(int limit);

  /// Whom to tell of every chunk that turned out to be damaged or vanished, after it was put aside;
  /// on any thread. One listener; the one before is replaced.
  void whenLost(Consumer<Key> listener);

  /// The bytes of `id` as they lie there, unverified: for a proof of possession, which is wrong if
  /// they are. Never to be handed to anybody. Empty when it is not stored. Blocks. The caller
  /// closes it.
  Optional<ChunkContent> openUnverified(Key id) throws StoreException;

  /// The stored chunks in key order; empty at the end. Never blocks.
  ///
  /// @param after where the last page ended, null for the first page
  /// @param limit at least 1
  List<ChunkEntry> list(@Nullable Key after, int limit);

  /// Deletes a chunk for ever if the secret is that of its header: the tombstone is durable first,
  /// the file is removed then. Only the chunk's holder can say so; a copy that turns out to be
  /// damaged on the way is put aside. Blocks.
  ///
  /// @throws StoreException with `NO_ROOM` (for the tombstone), `FAILED` or `VOLUME_BAD`; the chunk
  ///   is then either untouched, or neither served nor taken again
  Deletion bury(Tombstone tombstone) throws StoreException;

  /// What is known of deleted chunks.
  Tombstones tombstones();

  /// Removes this copy of `id` durably, so that it may come back, and returns whether it was there.
  /// Blocks.
  ///
  /// @throws StoreException with `FAILED` or `VOLUME_BAD`
  boolean delete(Key id) throws StoreException;

  /// How full it is. May ask the operating system, which is quick.
  StoreUsage usage();

  /// Marks a clean stop. Writers that are still open fail afterwards.
  @Override
  void close();
}
