package io.quintet.dht.net.rpc;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/// Where questions of others go: to the engine.
@FunctionalInterface
public interface Questions {
  /// Answers `request`.
  ///
  /// @param from null for a client
  /// @param boot which run of the sender calls, as it says itself; 0 when it does not say
  Future<DhtResponse> ask(@Nullable Contact from, long boot, DhtRequest request);
}
