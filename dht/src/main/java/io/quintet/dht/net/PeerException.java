package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.records.Tombstone;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call to a node failed. The message says what was asked of whom and what came back; it holds no
/// secrets.
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What the caller may do about it.
  public enum Kind {
    /// The same node may succeed later: connection refused, timeout, 503.
    RETRYABLE,
    /// The node does not have it (404).
    ABSENT,
    /// The node has no room (507).
    NO_ROOM,
    /// The chunk was deleted by its owner (409 with a tombstone): see [PeerException#tombstone].
    DELETED,
    /// The same call to the same node will fail again (any other 4xx, nonsense).
    PERMANENT
  }

  private final transient Contact node;
  private final Kind kind;
  private final int status;
  private final transient @Nullable Tombstone tombstone;

  /// @param status the HTTP status, 0 when there was no answer
  public PeerException(Contact node, Kind kind, int status, String message) {
    this(node, kind, status, message, null);
  }

  /// The same for a chunk that was deleted.
  public static PeerException deleted(Contact node, int status, String message, Tombstone proof) {
    return new PeerException(node, Kind.DELETED, status, message, proof);
  }

  private PeerException(
      Contact node, Kind kind, int status, String message, @Nullable Tombstone tombstone) {
    super(message, null, false, false);
    this.tombstone = tombstone;
    this.node = node;
    this.kind = kind;
    this.status = status;
  }

  /// Who was asked.
  public Contact node() {
    return node;
  }

  /// What the caller may do.
  public Kind kind() {
    return kind;
  }

  /// What the node gave as the proof of a deletion; empty for every other failure. It is unchecked:
  /// whoever holds the chunk can check it.
  public Optional<Tombstone> tombstone() {
    return Optional.ofNullable(tombstone);
  }

  /// The HTTP status, 0 when there was no answer.
  public int status() {
    return status;
  }
}
