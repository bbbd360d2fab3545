package io.quintet.node.edge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/// The port through which the Kademlia calls of other nodes reach the engine.
public interface DhtPort {
  /// Answers one call.
  ///
  /// @param operation `ping`, `find_node`, `find_value` or `store`
  /// @param body the JSON body, not parsed yet
  /// @param sourceHost the literal address that the connection came from
  /// @return fails with a [io.quintet.dht.net.BadRequestException] when the body is malformed
  Future<Buffer> handle(String operation, Buffer body, String sourceHost);
}
