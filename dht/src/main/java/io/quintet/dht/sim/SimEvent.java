package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;

/// What lies in the future of a simulated network.
sealed interface SimEvent {
  /// A request reaches the node with the number `receiver`, who is meant if its contact is `to`.
  record Request(int from, int fromBoot, long rpcId, int receiver, Contact to, DhtRequest request)
      implements SimEvent {}

  /// An answer reaches the node that asked, if it is still the same run of it.
  record Response(int to, int toBoot, long rpcId, DhtResponse response) implements SimEvent {}

  /// A node wanted to be called.
  record Wake(int node) implements SimEvent {}

  /// The scenario goes on.
  record Act(Runnable action) implements SimEvent {}
}
