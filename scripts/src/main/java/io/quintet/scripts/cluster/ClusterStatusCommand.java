package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.ClientCommand;
import io.quintet.client.cli.Output;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `quintet cluster status`.
@Command(name = "status", description = "Show the cluster's nodes, processes and chunks.")
public final class ClusterStatusCommand implements ClientCommand {
  private final CliContext context;

  @Mixin private ClusterOptions options = new ClusterOptions();

  /// Made by the composition root.
  public ClusterStatusCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = options.common().output(context);
    ClusterDirectory directory = options.directory();
    ClusterState state = directory.existingState();
    List<ClusterTable.Row> rows = rows(state);
    long alive = rows.stream().filter(ClusterTable.Row::alive).count();
    output.print(
        JsonLine.event("result")
            .with("dir", directory.root().toString())
            .with("network", state.network())
            .with("udpPort", state.udpPort())
            .with("nodes", ClusterTable.json(rows)),
        ClusterTable.text(rows)
            + System.lineSeparator()
            + "%d of %s alive; network %s, UDP port %d, data and logs in %s"
                .formatted(
                    alive,
                    Amounts.count(rows.size(), "node"),
                    state.network(),
                    state.udpPort(),
                    directory.root()));
    return ExitCode.OK.number();
  }

  private static List<ClusterTable.Row> rows(ClusterState state) {
    try {
      return ClusterTable.withStatus(state);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(
          ExitCode.INTERRUPTED, "interrupted while asking the nodes", "ask again", e);
    }
  }
}
