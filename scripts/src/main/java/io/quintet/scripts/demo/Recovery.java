package io.quintet.scripts.demo;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.Backend;
import io.quintet.client.cli.NodeStatus;
import io.quintet.scripts.cluster.NodeProcess;
import io.quintet.scripts.cluster.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The way back to full health, as the nodes themselves see it.
///
/// @param seconds how long it took
record Recovery(double seconds) {
  private static final int REPLICAS = 5;
  private static final long LOOK_AGAIN_MILLIS = 500;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /// Waits until the nodes count every chunk at five of them.
  ///
  /// @param nodes those that live
  /// @param chunks how many distinct ones there are
  static Recovery await(Backend backend, List<NodeProcess> nodes, long chunks) {
    long began = System.nanoTime();
    if (!Patience.until(LIMIT, LOOK_AGAIN_MILLIS, () -> isWhole(backend, nodes, chunks))) {
      throw new UserException(
          ExitCode.DEGRADED,
          "the nodes did not bring every chunk back to five within " + LIMIT.toSeconds() + " s",
          "this is a bug, or the machine is very busy; please report it");
    }
    return new Recovery((System.nanoTime() - began) / 1e9);
  }

  private static boolean isWhole(Backend backend, List<NodeProcess> nodes, long chunks) {
    long whole = 0;
    for (NodeProcess node : nodes) {
      NodeStatus status = backend.status(node.uri());
      if (!(status.fields().get("replicas") instanceof Map<?, ?> replicas)
          || !(replicas.get("asFirstHolder") instanceof Map<?, ?> counts)
          || !(replicas.get("short") instanceof Number missing)
          || missing.longValue() > 0) {
        return false;
      }
      for (Map.Entry<?, ?> count : counts.entrySet()) {
        boolean enough = Integer.parseInt(String.valueOf(count.getKey())) >= REPLICAS;
        whole += enough && count.getValue() instanceof Number number ? number.longValue() : 0;
      }
    }
    return whole >= chunks;
  }
}
