package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What makes a peer a node: who it is, where it answers and what it has.
///
/// @param advertisedHost the address it names itself by where it knows no better; null for the
///   first address of a chosen interface that is not loopback
/// @param httpPort where its HTTP server listens already or will in a moment
/// @param boot counts the starts of this node, so that others notice that it restarted
/// @param holds whether this node has a chunk; called on an event loop, must not block
/// @param deleted what this node knows of deleted chunks
/// @param elsewhere where others reach it instead, and the only address that it proves; null when
///   its own address will do
public record NodeOptions(
    NodeIdentity identity,
    @Nullable String advertisedHost,
    int httpPort,
    long boot,
    Predicate<Key> holds,
    DeletedChunks deleted,
    @Nullable AdvertisedAddress elsewhere) {
  /// A node that is reached where it is and knows of no deleted chunks.
  public NodeOptions(
      NodeIdentity identity,
      @Nullable String advertisedHost,
      int httpPort,
      long boot,
      Predicate<Key> holds) {
    this(identity, advertisedHost, httpPort, boot, holds, DeletedChunks.none(), null);
  }

  /// Where others reach it: its id, host and port.
  ///
  /// @param ownHost its address if it was told none
  Contact contact(String ownHost) {
    if (elsewhere != null) {
      return new Contact(identity.id(), elsewhere.host(), elsewhere.port());
    }
    String host = advertisedHost == null ? ownHost : advertisedHost;
    return new Contact(identity.id(), host, httpPort);
  }
}
