package io.quintet.node.store;

import io.quintet.dht.records.Tombstone;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store could not do what it was asked. The message says what was attempted and what was
/// expected.
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What went wrong, as far as a caller acts on it.
  public enum Kind {
    /// The capacity or the free-space reserve of the volume leaves no room.
    NO_ROOM,
    /// A sync failed earlier (or just now): nothing is written to this volume any more.
    VOLUME_BAD,
    /// The chunk was deleted by its owner: see [StoreException#tombstone].
    DELETED,
    /// The node leaves the network and takes no more chunks.
    LEAVING,
    /// The bytes are not those of the id.
    HASH_DIFFERS,
    /// More or fewer bytes than announced.
    SIZE_DIFFERS,
    /// The operating system refused something else.
    FAILED
  }

  private final Kind kind;
  private final transient @Nullable Tombstone tombstone;

  /// A refusal.
  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.tombstone = null;
  }

  /// A failure of the operating system.
  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.tombstone = null;
  }

  /// The refusal of a chunk that was deleted.
  public StoreException(Tombstone tombstone) {
    super("chunk " + tombstone.id() + " was deleted by its owner");
    this.kind = Kind.DELETED;
    this.tombstone = tombstone;
  }

  /// The proof of the deletion, for `DELETED` alone.
  public Optional<Tombstone> tombstone() {
    return Optional.ofNullable(tombstone);
  }

  /// What went wrong.
  public Kind kind() {
    return kind;
  }
}
