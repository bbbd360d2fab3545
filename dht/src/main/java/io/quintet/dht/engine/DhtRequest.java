package io.quintet.dht.engine;

import io.quintet.dht.id.Key;
import java.util.List;

/// What one node asks of another (Kademlia, section 2.3).
public sealed interface DhtRequest {
  /// Are you there? The adapter adds a nonce and checks the signed answer, so an answered ping is a
  /// proof that the contact owns its id.
  record Ping() implements DhtRequest {}

  /// Who is closest to `target`?
  record FindNode(Key target) implements DhtRequest {}

  /// Who is closest to `target`, and who provides each of `keys`? One call serves a whole region of
  /// the space: the keys are close to the target.
  ///
  /// @param keys at most [DhtConfig#keysPerCallMax]
  record FindValue(Key target, List<Key> keys) implements DhtRequest {
    /// Keeps its own copy of the keys.
    public FindValue {
      keys = List.copyOf(keys);
    }
  }

  /// The sender provides each of `keys`: a provider record is accepted from the provider only.
  ///
  /// @param keys at most [DhtConfig#keysPerCallMax]
  record Store(List<Key> keys) implements DhtRequest {
    /// Keeps its own copy of the keys.
    public Store {
      keys = List.copyOf(keys);
    }
  }

  /// `provider` has left for good and provides nothing any more. The adapter brings only what
  /// `provider` itself has signed.
  record Withdraw(Key provider) implements DhtRequest {}
}
