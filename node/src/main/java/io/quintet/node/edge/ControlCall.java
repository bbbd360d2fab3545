package io.quintet.node.edge;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/// One control operation (`/audit`, `/scrub`, `/unjoin`), behind the guard.
public interface ControlCall {
  /// Does it, or starts it: long work runs under a worker, and `/status` shows it.
  ///
  /// @param body what was sent, an empty object when nothing was; unknown members are ignored
  /// @return fails with a [io.quintet.dht.net.BadRequestException] when the body is malformed
  Future<Answer> run(JsonObject body);

  /// What is answered.
  ///
  /// @param status the HTTP status, such as 202 for work that goes on; from 400 up, `json` is a
  ///   problem
  record Answer(int status, JsonObject json) {}
}
