package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.JsonLine;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `quintet nodes`: who is there.
@Command(name = "nodes", description = "Find the nodes of the network and list them.")
public final class NodesCommand implements ClientCommand {
  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  /// Made by the command line.
  NodesCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    NetworkOptions network = common.network();
    List<NodeStatus> nodes = context.backend().get().nodes(network);
    output.print(
        JsonLine.event("result").with("nodes", NodeTable.json(nodes)), NodeTable.text(nodes));
    return ExitCode.OK.number();
  }
}
