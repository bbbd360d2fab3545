package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `quintet cluster`: its subcommands start, watch and stop node processes on this machine.
@Command(
    name = "cluster",
    synopsisSubcommandLabel = "start|status|stop",
    description = "Run a cluster of real node processes on this machine, on loopback alone.")
public final class ClusterCommand implements Callable<Integer> {
  /// Made by the composition root.
  public ClusterCommand() {}

  @Override
  public Integer call() {
    throw new UserException(
        ExitCode.USAGE,
        "what shall be done with the cluster?",
        "use quintet cluster start N, status or stop");
  }
}
