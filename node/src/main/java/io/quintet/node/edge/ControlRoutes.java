package io.quintet.node.edge;

import io.quintet.dht.net.json.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// The control operations: the guard first, then a small JSON body that may be missing.
final class ControlRoutes {
  private static final int BODY_BYTES_MAX = 4 << 10;

  private final ControlGuard guard;
  private final JsonCalls calls;

  ControlRoutes(ControlGuard guard, JsonCalls calls) {
    this.guard = guard;
    this.calls = calls;
  }

  void call(RoutingContext routing, ControlCall call) {
    HttpServerRequest request = routing.request();
    Optional<Problem> refusal = guard.check(request);
    if (refusal.isPresent()) {
      refusal.get().answerAndClose(request);
      return;
    }
    calls.callWithOptionalBody(request, BODY_BYTES_MAX, body -> answer(call, body));
  }

  private static Future<JsonCalls.Answer> answer(ControlCall call, Buffer body) {
    JsonObject json =
        body.length() == 0 ? new JsonObject() : new JsonObject(StrictJson.object(body));
    return call.run(json)
        .map(answer -> new JsonCalls.Answer(answer.status(), answer.json().toBuffer()));
  }
}
