package io.quintet.node;

import io.quintet.node.service.replicas.ReplicaCount;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/// The replicas of a node's chunks, as `/status` shows them.
final class ReplicaJson {
  private ReplicaJson() {}

  static JsonObject of(ReplicaCount.Summary summary) {
    return new JsonObject()
        .put("chunks", counts(summary.byReplicas()))
        .put("asFirstHolder", counts(summary.firstByReplicas()))
        .put("short", summary.shortChunks())
        .put("secondsToFullHealth", summary.secondsToFullHealth());
  }

  private static JsonObject counts(Map<Integer, Integer> byReplicas) {
    JsonObject counts = new JsonObject();
    byReplicas.forEach((replicas, chunks) -> counts.put(String.valueOf(replicas), chunks));
    return counts;
  }
}
