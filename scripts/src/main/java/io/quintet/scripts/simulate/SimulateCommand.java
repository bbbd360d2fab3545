package io.quintet.scripts.simulate;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.ClientCommand;
import io.quintet.client.cli.Output;
import io.quintet.dht.sim.Scenario;
import io.quintet.dht.sim.Simulation;
import io.quintet.dht.sim.SimulationFailure;
import io.quintet.dht.sim.SimulationOptions;
import io.quintet.dht.sim.SimulationResult;
import io.quintet.scripts.simulate.durability.DurabilityOptions;
import io.quintet.scripts.simulate.durability.DurabilityResult;
import io.quintet.scripts.simulate.durability.DurabilityRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
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
    subcommands = PlotCommand.class,
    description = {
      "Run a network of thousands of simulated nodes in virtual time, without a socket.",
      "One seed gives one history: the same traceHash on every machine."
    })
public final class SimulateCommand implements ClientCommand {
  private static final int NODES_DEFAULT = 1_000;

  /// The scenario that is not the DHT's alone.
  private static final String DURABILITY = "durability";

  /// Seeds that are drawn are short enough to be read out.
  private static final int DRAWN_SEEDS = 1_000_000_000;

  private final CliContext context;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = {
        "what happens to the network: join, churn, failure, partition, sybil, eclipse,",
        "republish, providers or durability"
      })
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

  @Option(
      names = "--chunks",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "republish: so many chunks per node (default: 1, 1,000, 10,000, 100,000, 1,000,000);",
        "durability: so many in all (default: 20 for each node)"
      })
  private int chunks;

  @Option(
      names = "--years",
      paramLabel = "N",
      defaultValue = "1",
      description = "durability: so many virtual years (default: ${DEFAULT-VALUE})")
  private int years;

  @Option(
      names = "--filled",
      description = {
        "join, churn: start with filled routing tables instead of joining one by one;",
        "always so above " + Scenario.JOINED_MAX + " nodes"
      })
  private boolean filled;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "write every event of the history to FILE, one a line")
  private @Nullable Path trace;

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
    if (scenario.equals(DURABILITY)) {
      DurabilityReport report = durability();
      output.print(report.json(), report.text());
      return ExitCode.OK.number();
    }
    SimulationOptions played = options();
    long began = System.nanoTime();
    Measured measured = awaited(() -> traced(played), played.command());
    double seconds = (System.nanoTime() - began - measured.weighingNanos()) / 1e9;
    SimulationReport report =
        new SimulationReport(played, seconds, measured.bytesPerNode(), measured.result());
    output.print(report.json(), report.text());
    return ExitCode.OK.number();
  }

  private DurabilityReport durability() {
    inRange("--nodes", nodes, DurabilityOptions.NODES_MIN, DurabilityOptions.NODES_MAX);
    inRange("--chunks", chunks, 0, DurabilityOptions.CHUNKS_MAX);
    inRange("--years", years, 1, DurabilityOptions.YEARS_MAX);
    int kept =
        chunks > 0
            ? chunks
            : Math.min(DurabilityOptions.CHUNKS_MAX, nodes * DurabilityOptions.CHUNKS_PER_NODE);
    DurabilityOptions played = new DurabilityOptions(nodes, kept, years, root());
    long began = System.nanoTime();
    DurabilityResult result = awaited(() -> DurabilityRun.play(played), played.command());
    return new DurabilityReport(played, (System.nanoTime() - began) / 1e9, result);
  }

  private long root() {
    return seed != null ? seed : new SecureRandom().nextInt(DRAWN_SEEDS);
  }

  private SimulationOptions options() {
    Scenario played = scenario();
    inRange("--nodes", nodes, Simulation.NODES_MIN, played.nodesMax());
    inRange("--chunks", chunks, 0, SimulationOptions.CHUNKS_MAX);
    return new SimulationOptions(played, nodes, root(), chunks, filled);
  }

  private static void inRange(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new UserException(
          ExitCode.USAGE, option + " " + value + " is out of range", "use " + min + " to " + max);
    }
  }

  private Scenario scenario() {
    return Arrays.stream(Scenario.values())
        .filter(each -> each.commandName().equals(scenario))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                ExitCode.USAGE,
                scenario.isEmpty()
                    ? "no scenario is named"
                    : "there is no scenario '" + scenario + "'",
                "use one of "
                    + Arrays.stream(Scenario.values())
                        .map(Scenario::commandName)
                        .collect(Collectors.joining(", "))
                    + ", "
                    + DURABILITY));
  }

  /// What came of a run, what its network took of the heap, and how long it took to weigh it.
  private record Measured(SimulationResult result, double bytesPerNode, long weighingNanos) {}

  // The simulator knows no threads and so no interruption: it runs in one of its own, which does
  // not keep the process alive when Ctrl-C ends the wait for it.
  private static <T> T awaited(Callable<T> work, String replay) {
    FutureTask<T> task = new FutureTask<>(work);
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

  private Measured traced(SimulationOptions played) {
    Path file = trace;
    if (file == null) {
      return weighed(new Simulation(played, null), played.nodes());
    }
    try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
      Measured measured = weighed(new Simulation(played, lines::println), played.nodes());
      if (lines.checkError()) {
        throw new UserException(
            ExitCode.REFUSED,
            "cannot write the trace to " + file,
            "choose another file with --trace");
      }
      return measured;
    } catch (IOException e) {
      throw new UserException(
          ExitCode.REFUSED,
          "cannot write the trace to " + file,
          "choose another file with --trace",
          e);
    }
  }

  private static Measured weighed(Simulation simulation, int nodes) {
    try {
      SimulationResult result = simulation.play();
      long began = System.nanoTime();
      System.gc();
      Runtime heap = Runtime.getRuntime();
      double bytes = heap.totalMemory() - heap.freeMemory();
      return new Measured(result, bytes / nodes, System.nanoTime() - began);
    } finally {
      Reference.reachabilityFence(simulation);
    }
  }

  static UserException failure(@Nullable Throwable cause, String replay) {
    return switch (cause) {
      case UserException user -> user;
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
              "use fewer nodes, or give more: QUINTET_JAVA_OPTS=-Xmx12g " + replay,
              exhausted);
      case null, default ->
          throw new IllegalStateException("the simulator failed; replay: " + replay, cause);
    };
  }
}
