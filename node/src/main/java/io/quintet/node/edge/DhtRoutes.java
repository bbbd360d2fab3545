package io.quintet.node.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/// `/dht/*`: bounds the JSON bodies and hands them to the engine's adapter, which parses them
/// strictly.
final class DhtRoutes {
  private final DhtPort dht;
  private final JsonCalls calls;

  DhtRoutes(DhtPort dht, JsonCalls calls) {
    this.dht = dht;
    this.calls = calls;
  }

  /// Answers `operation`, whose body may have `bytesMax` bytes.
  void call(RoutingContext routing, String operation, int bytesMax) {
    HttpServerRequest request = routing.request();
    calls.call(
        request,
        bytesMax,
        body ->
            dht.handle(operation, body, request.remoteAddress().hostAddress())
                .map(answer -> new JsonCalls.Answer(200, answer)));
  }
}
