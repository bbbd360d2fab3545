package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;

/// Single calls to single nodes. Blocking; thread-safe.
///
/// Every method fails with a [io.quintet.dht.net.PeerException], whose kind says whether the same
/// call may succeed later.
public interface ChunkTransport {
  /// Stores `blob` under `id`; it is durable on `node` when this returns.
  ///
  /// @param uncached whether the node's memory shall rather not keep it
  void put(Contact node, Key id, byte[] blob, boolean uncached) throws InterruptedException;

  /// The bytes that `node` has under `id`.
  byte[] get(Contact node, Key id) throws InterruptedException;

  /// Whether `node` says that it has `id`.
  boolean has(Contact node, Key id) throws InterruptedException;
}
