package io.quintet.node;

import io.quintet.node.edge.EdgeLimits;
import io.quintet.node.home.NodeStartException;
import io.quintet.node.service.replicas.UpkeepSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Real nodes on loopback without neighbours, for tests.
public final class TestNodes {
  private TestNodes() {}

  /// Limits whose times are short enough to wait for.
  public static EdgeLimits fastLimits() {
    return new EdgeLimits(
        Duration.ofMillis(400),
        Duration.ofSeconds(60),
        Duration.ofSeconds(2),
        Duration.ofMillis(400),
        32,
        4,
        Duration.ofSeconds(2));
  }

  /// What a test node is told.
  public static NodeConfig config(Path directory, EdgeLimits limits) {
    return new NodeConfig(
        directory,
        new HttpSettings(null, 0, Set.of("node.example"), limits),
        new NetworkSettings("test", 1, List.of("lo"), List.of()),
        Long.MAX_VALUE,
        0L,
        Map.of("zone", "cellar"),
        UpkeepSettings.standard());
  }

  /// Starts a node with a network of one.
  public static RunningNode start(NodeConfig config) throws NodeStartException {
    return start(config, new SoloMembership());
  }

  static RunningNode start(NodeConfig config, SoloMembership membership) throws NodeStartException {
    return new NodeWiring(config, (vertx, home, same, chunks) -> membership).start();
  }
}
