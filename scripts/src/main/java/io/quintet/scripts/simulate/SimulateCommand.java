package io.quintet.scripts.simulate;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.ClientCommand;
import io.quintet.client.cli.Output;
import io.quintet.dht.sim.Scenario;
import io.quintet.dht.sim.Simulation;
import io.quintet.dht.sim.SimulationFailure;
import io.quintet.dht.sim.SimulationResult;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `quintet simulate`.
@Command(
    name = "simulate",
    description = {
      "Run a network of thousands of simulated nodes in virtual time, without a socket.",
      "One seed gives one history: the same traceHash on every machine."
    })
public final class SimulateCommand implements ClientCommand {
  private static final int NODES_DEFAULT = 1_000;

  /// Seeds that are drawn are short enough to be read out.
  private static final int DRAWN_SEEDS = 1_000_000_000;

  private final CliContext context;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "SCENARIO",
      description = "join, churn, failure, partition or providers: what happens to the network")
  private String scenario = "";

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "" + NODES_DEFAULT,
      description = "how many nodes (default: ${DEFAULT-VALUE})")
  private int nodes = NODES_DEFAULT;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "what everything random grows from (default: drawn, and printed)")
  private @Nullable Long seed;

  @Option(names = "--json", description = "print one result object instead of text")
  private boolean json;

  /// Made by the composition root.
  public SimulateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(spec, "not part of a command line").commandLine();
    Output output = new Output(line.getOut(), line.getErr(), context.terminal(), json);
    Scenario played = scenario();
    if (nodes < Simulation.NODES_MIN || nodes > Simulation.NODES_MAX) {
      throw new UserException(
          ExitCode.USAGE,
          "--nodes " + nodes + " is out of range",
          "use " + Simulation.NODES_MIN + " to " + Simulation.NODES_MAX);
    }
    long root = seed != null ? seed : new SecureRandom().nextInt(DRAWN_SEEDS);
    String replay = Simulation.command(played, nodes, root);
    long began = System.nanoTime();
    SimulationResult result = run(played, root, replay);
    double seconds = (System.nanoTime() - began) / 1e9;
    SimulationReport report = new SimulationReport(played, root, replay, seconds, result);
    output.print(report.json(), report.text());
    return ExitCode.OK.number();
  }

  private Scenario scenario() {
    return Arrays.stream(Scenario.values())
        .filter(each -> each.commandName().equals(scenario))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                ExitCode.USAGE,
                "there is no scenario '" + scenario + "'",
                "use one of "
                    + Arrays.stream(Scenario.values())
                        .map(Scenario::commandName)
                        .collect(Collectors.joining(", "))));
  }

  // The simulator knows no threads and so no interruption: it runs in one of its own, which does
  // not keep the process alive when Ctrl-C ends the wait for it.
  private SimulationResult run(Scenario played, long root, String replay) {
    FutureTask<SimulationResult> task = new FutureTask<>(() -> Simulation.run(played, nodes, root));
    Thread.ofPlatform().daemon().name("simulation").start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(
          ExitCode.INTERRUPTED, "interrupted before the end", "run it again: " + replay, e);
    } catch (ExecutionException e) {
      throw failure(e.getCause(), replay);
    }
  }

  static UserException failure(@Nullable Throwable cause, String replay) {
    return switch (cause) {
      case SimulationFailure failure ->
          new UserException(
              ExitCode.UNEXPECTED,
              "the engine broke a rule: " + failure.what(),
              "a bug; replay it: " + replay,
              failure);
      case OutOfMemoryError exhausted ->
          new UserException(
              ExitCode.REFUSED,
              "the network does not fit into the memory of this process",
              "use fewer nodes, or give more: QUINTET_JAVA_OPTS=-Xmx8g " + replay,
              exhausted);
      case null, default ->
          throw new IllegalStateException("the simulator failed; replay: " + replay, cause);
    };
  }
}
