package io.quintet.scripts;

import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.QuintetCommandLine;
import io.quintet.node.cli.NodeCommand;
import io.quintet.scripts.bench.codec.CodecProbeCommand;
import io.quintet.scripts.cluster.ClusterCommand;
import io.quintet.scripts.cluster.ClusterStartCommand;
import io.quintet.scripts.cluster.ClusterStatusCommand;
import io.quintet.scripts.cluster.ClusterStopCommand;
import io.quintet.scripts.demo.DemoCommand;
import io.quintet.scripts.simulate.SimulateCommand;
import io.quintet.scripts.torture.TortureCommand;
import io.quintet.scripts.warmup.WarmUpCommand;
import java.util.List;
import picocli.CommandLine;

/// The main class: client, node, local clusters and the simulator in one command line.
public final class Quintet {
  private static final String LOG_LEVEL = "QUINTET_LOG";

  private Quintet() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] args) {
    keepLogOffTheTerminal(args);
    int exitCode = commandLine(CliContext.ofThisProcess()).execute(args);
    System.exit(exitCode);
  }

  /// The whole tree.
  public static QuintetCommandLine commandLine(CliContext context) {
    CommandLine cluster =
        new CommandLine(new ClusterCommand())
            .addSubcommand(new ClusterStartCommand(context))
            .addSubcommand(new ClusterStatusCommand(context))
            .addSubcommand(new ClusterStopCommand(context));
    return QuintetCommandLine.of(
        context,
        List.of(
            new NodeCommand(),
            cluster,
            new DemoCommand(context),
            new SimulateCommand(context),
            new TortureCommand(),
            new WarmUpCommand(),
            new CodecProbeCommand()));
  }

  // A server writes a log; a command says what matters itself, in two lines.
  private static void keepLogOffTheTerminal(String[] args) {
    boolean server = args.length > 0 && args[0].equals("node");
    if (!server && System.getenv(LOG_LEVEL) == null && System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "OFF");
    }
  }
}
