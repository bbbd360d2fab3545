package io.quintet.dht.net;

import io.quintet.dht.id.Contact;

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
    /// The same call to the same node will fail again (any other 4xx, nonsense).
    PERMANENT
  }

  private final transient Contact node;
  private final Kind kind;
  private final int status;

  /// @param status the HTTP status, 0 when there was no answer
  public PeerException(Contact node, Kind kind, int status, String message) {
    super(message, null, false, false);
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

  /// The HTTP status, 0 when there was no answer.
  public int status() {
    return status;
  }
}
