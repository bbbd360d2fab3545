package io.quintet.node.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /events`: a WebSocket (RFC 6455) on which the node tells what changes.
final class EventRoutes {
  /// Listeners at a time.
  static final int LISTENERS_MAX = 16;

  private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);

  private final Vertx vertx;
  private final NodeFacts facts;
  private final Admission listeners;

  EventRoutes(Vertx vertx, NodeFacts facts, Admission listeners) {
    this.vertx = vertx;
    this.facts = facts;
    this.listeners = listeners;
  }

  void listen(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request.response().putHeader("Upgrade", "websocket");
      new Problem(426, "upgrade", "events come over a WebSocket", null, "Upgrade: websocket")
          .answer(request);
      return;
    }
    if (!listeners.tryTake(1)) {
      Problem.busy("at most " + LISTENERS_MAX + " listeners").answer(request);
      return;
    }
    request
        .toWebSocket()
        .onSuccess(socket -> {
          socket.closeHandler(closed -> listeners.giveBack(1));
          new EventStream(vertx, socket, facts).begin();
        })
        .onFailure(cause -> {
          listeners.giveBack(1);
          LOG.debug("not a WebSocket after all", cause);
        });
  }
}
