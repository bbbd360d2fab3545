package io.quintet.scripts.cluster;

import io.quintet.client.network.NetworkOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to start.
///
/// @param nodeCount 1 to [#NODES_MAX]
/// @param network name and beacon port; the interface is loopback alone, whatever it says
/// @param basePort HTTP port of node 1, the next one is node 2's; null for the first free ones
/// @param fastRepair whether nodes repair after seconds instead of an hour
public record ClusterPlan(
    int nodeCount, NetworkOptions network, @Nullable Integer basePort, boolean fastRepair) {
  /// As many processes as a small machine bears.
  public static final int NODES_MAX = 64;

  /// The only interface that local clusters use.
  public static final String LOOPBACK = "lo";

  /// Refuses what cannot be started.
  public ClusterPlan {
    if (nodeCount < 1 || nodeCount > NODES_MAX) {
      throw new IllegalArgumentException(
          "nodes: " + nodeCount + " (expected: 1.." + NODES_MAX + ")");
    }
    network =
        new NetworkOptions(
            network.name(), network.udpPort(), List.of(LOOPBACK), network.bootstrap());
  }

  /// The command line of one node.
  List<String> arguments(int number, Path data) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "node",
                "--json",
                "--data",
                data.toString(),
                "--bind",
                "127.0.0.1",
                "--network",
                network.name(),
                "--udp-port",
                Integer.toString(network.udpPort()),
                "--interface",
                LOOPBACK));
    if (basePort != null) {
      arguments.addAll(List.of("--port", Integer.toString(basePort + number - 1)));
    }
    if (fastRepair) {
      arguments.add("--fast-repair");
    }
    for (String address : network.bootstrap()) {
      arguments.addAll(List.of("--bootstrap", address));
    }
    return arguments;
  }
}
