package io.quintet.dht.net.rpc;

import io.quintet.dht.id.Key;
import org.jspecify.annotations.Nullable;

/// What a node says about itself in its calls.
///
/// @param port where others reach its HTTP server
/// @param boot its boot counter
/// @param host the literal address where others reach it; null when it is the one that its calls
///   come from
public record SelfDescription(Key id, int port, long boot, @Nullable String host) {
  /// A node that is reached where its calls come from.
  public SelfDescription(Key id, int port, long boot) {
    this(id, port, boot, null);
  }
}
