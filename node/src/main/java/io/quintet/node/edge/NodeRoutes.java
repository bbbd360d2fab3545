package io.quintet.node.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// `/status`, `/health/*`, `/metrics` and `/openapi`.
final class NodeRoutes {
  private final NodeFacts facts;
  private final Buffer contract;

  NodeRoutes(NodeFacts facts, Buffer contract) {
    this.facts = facts;
    this.contract = contract;
  }

  void status(RoutingContext routing) {
    routing.response().putHeader("Cache-Control", "no-store");
    routing.json(facts.status());
  }

  void live(RoutingContext routing) {
    routing.json(new JsonObject().put("status", "up"));
  }

  void ready(RoutingContext routing) {
    boolean ready = facts.ready();
    routing.response().setStatusCode(ready ? 200 : 503);
    routing.json(new JsonObject().put("status", ready ? "up" : "down"));
  }

  void metrics(RoutingContext routing) {
    routing
        .response()
        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .end(facts.metrics());
  }

  void openapi(RoutingContext routing) {
    routing.response().putHeader("Content-Type", "application/json").end(contract);
  }
}
