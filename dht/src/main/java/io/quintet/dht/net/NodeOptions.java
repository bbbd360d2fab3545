package io.quintet.dht.net;

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
public record NodeOptions(
    NodeIdentity identity,
    @Nullable String advertisedHost,
    int httpPort,
    long boot,
    Predicate<Key> holds,
    DeletedChunks deleted) {
  /// A node that knows of no deleted chunks.
  public NodeOptions(
      NodeIdentity identity,
      @Nullable String advertisedHost,
      int httpPort,
      long boot,
      Predicate<Key> holds) {
    this(identity, advertisedHost, httpPort, boot, holds, DeletedChunks.none());
  }
}
