package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.ClientCommand;
import io.quintet.client.cli.Output;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quintet cluster start`.
@Command(
    name = "start",
    description = {
      "Start N nodes and wait until they know each other. They run until 'cluster stop'.",
      "In a directory with a stopped cluster, its nodes come back with their ids and chunks."
    })
public final class ClusterStartCommand implements ClientCommand {
  private static final int PORT_MIN = 1_024;

  private final CliContext context;

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Parameters(paramLabel = "N", description = "how many nodes, 1 to " + ClusterPlan.NODES_MAX)
  private int nodeCount;

  @Option(
      names = "--base-port",
      paramLabel = "P",
      description = "HTTP port of node 1; the next one is node 2's (default: the first free ones)")
  private @Nullable Integer basePort;

  @Option(
      names = "--fast-repair",
      description =
          "for trying out repair: grace and intervals of seconds, instead of an hour and a day")
  private boolean fastRepair;

  /// Made by the composition root.
  public ClusterStartCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = options.common().output(context);
    ClusterDirectory directory = options.directory();
    ClusterPlan plan = plan(options.network());
    long began = System.nanoTime();
    ClusterState state = new ClusterStart(directory, Launcher.ofThisProcess(), plan).run();
    double seconds = (System.nanoTime() - began) / 1e9;
    output.print(
        JsonLine.event("result")
            .with("dir", directory.root().toString())
            .with("network", state.network())
            .with("udpPort", state.udpPort())
            .with("seconds", seconds)
            .with("nodes", ClusterTable.json(ClusterTable.withoutStatus(state))),
        text(directory, state, seconds));
    return ExitCode.OK.number();
  }

  private ClusterPlan plan(NetworkOptions network) {
    if (nodeCount < 1 || nodeCount > ClusterPlan.NODES_MAX) {
      throw new UserException(
          ExitCode.USAGE,
          "cannot start " + nodeCount + " nodes",
          "use 1 to " + ClusterPlan.NODES_MAX);
    }
    if (basePort != null && (basePort < PORT_MIN || basePort + nodeCount - 1 > 65_535)) {
      throw new UserException(
          ExitCode.USAGE,
          "--base-port " + basePort + " leaves no room for " + nodeCount + " ports",
          "use " + PORT_MIN + " to " + (65_536 - nodeCount));
    }
    return new ClusterPlan(nodeCount, network, basePort, fastRepair);
  }

  private static String text(ClusterDirectory directory, ClusterState state, double seconds) {
    String found = state.nodes().size() == 1 ? "" : " and found each other";
    return ClusterTable.text(ClusterTable.withoutStatus(state))
        + System.lineSeparator()
        + "%s started%s in %s; data and logs in %s"
            .formatted(
                Amounts.count(state.nodes().size(), "node"),
                found,
                Amounts.seconds(seconds),
                directory.root());
  }
}
