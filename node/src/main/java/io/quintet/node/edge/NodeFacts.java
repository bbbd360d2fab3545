package io.quintet.node.edge;

import io.vertx.core.json.JsonObject;
import java.util.Collection;

/// What a node says about itself.
public interface NodeFacts {
  /// The body of `GET /status`.
  JsonObject status();

  /// The ids of the live nodes that it knows.
  Collection<String> members();

  /// Whether the node takes chunks: recovered, volume sound, not stopping.
  boolean ready();

  /// The figures for Prometheus, as text.
  String metrics();
}
