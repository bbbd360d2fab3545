package io.quintet.node.service;

import io.quintet.dht.id.Key;
import java.util.Collection;

/// The port through which the network learns what this node has.
public interface Announcer {
  /// From now on this node provides `keys`.
  void provide(Collection<Key> keys);

  /// This node no longer provides `keys`.
  void unprovide(Collection<Key> keys);
}
