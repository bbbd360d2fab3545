package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.ClientCommand;
import io.quintet.client.cli.Output;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `quintet cluster stop`.
@Command(
    name = "stop",
    description = "Stop the cluster's nodes. Their data stays: 'cluster start' brings them back.")
public final class ClusterStopCommand implements ClientCommand {
  private final CliContext context;

  @Mixin private ClusterOptions options = new ClusterOptions();

  /// Made by the composition root.
  public ClusterStopCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = options.common().output(context);
    ClusterDirectory directory = options.directory();
    directory.existingState();
    ClusterStop.Outcome outcome = stop(directory);
    output.print(
        JsonLine.event("result")
            .with("stopped", outcome.stopped())
            .with("killed", outcome.killed().stream().map(NodeProcess::id).toList()),
        text(directory, outcome));
    return ExitCode.OK.number();
  }

  private static ClusterStop.Outcome stop(ClusterDirectory directory) {
    try (FileChannel _ = directory.lock()) {
      return ClusterStop.of(directory.existingState()).run();
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE, "cannot use " + directory.root(), "check its permissions", e);
    }
  }

  private static String text(ClusterDirectory directory, ClusterStop.Outcome outcome) {
    if (outcome.stopped() == 0) {
      return "no node was running; data and logs stay in " + directory.root();
    }
    String killed =
        outcome.killed().stream()
            .map(node -> Integer.toString(node.number()))
            .collect(Collectors.joining(", "));
    return Amounts.count(outcome.stopped(), "node")
        + " stopped"
        + (killed.isEmpty() ? "" : ", of which had to be killed: " + killed)
        + "; data and logs stay in "
        + directory.root();
  }
}
