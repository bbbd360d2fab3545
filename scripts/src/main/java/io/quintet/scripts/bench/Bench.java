package io.quintet.scripts.bench;

import io.quintet.client.UserException;
import io.quintet.scripts.bench.limit.Limits;
import io.quintet.scripts.bench.process.Proc;
import io.quintet.scripts.cluster.Launcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The main class of `scripts/bench`.
@Command(
    name = "scripts/bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Quintet on this machine, each figure beside the limit that it runs against,",
      "on loopback alone. Everything that it writes is removed at the end.",
      "One more part, jmh, runs the codec's microbenchmark; options after it are JMH's own."
    })
public final class Bench implements Callable<Integer> {
  private static final int MEBI_BITS = 20;
  private static final int FAILED = 1;

  @Parameters(
      paramLabel = "PART",
      description = "${COMPLETION-CANDIDATES}; all of them when none is named")
  private List<Part> parts = new ArrayList<>();

  @Option(names = "--size", paramLabel = "MIB", defaultValue = "1024", description = "file to put")
  private int mebibytes;

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "5", description = "node processes")
  private int nodes;

  @Option(names = "--dir", paramLabel = "DIR", description = "whose disk is used (default: TMPDIR)")
  private @Nullable Path directory;

  @Option(names = "--json", paramLabel = "FILE", description = "write all figures as JSON, too")
  private @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  /// Made by picocli.
  private Bench() {}

  /// Runs the benchmark and ends the process: 0 when everything was measured, whatever the figures.
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      command.getErr().println("bench: " + reason(e));
      return FAILED;
    });
    System.exit(line.execute(args));
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    String first = e instanceof UserException ? e.getMessage() : e.toString();
    return cause == null ? String.valueOf(first) : first + " (" + cause + ")";
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Report report = new Report(out, machine());
    Workplace workplace = Workplace.in(parent());
    Thread cleanUp = new Thread(() -> closeAtExit(workplace), "bench-clean-up");
    Runtime.getRuntime().addShutdownHook(cleanUp);
    try (workplace) {
      Limits limits =
          new Limits(
              workplace.directory(),
              (limit, value) ->
                  report.add(Figure.of("limits", limit.title(), value, limit.unit())));
      Setting setting =
          new Setting(
              report,
              limits,
              workplace,
              Launcher.ofThisProcess(),
              (long) mebibytes << MEBI_BITS,
              nodes);
      for (Part part : chosen()) {
        part.run(setting);
      }
    }
    Runtime.getRuntime().removeShutdownHook(cleanUp);
    report.finish((System.nanoTime() - begin) / 1e9, json);
    return 0;
  }

  // A get begins with a put, so that one of the two is enough.
  private List<Part> chosen() {
    List<Part> chosen = new ArrayList<>(parts.isEmpty() ? List.of(Part.values()) : parts);
    if (chosen.contains(Part.GET)) {
      chosen.remove(Part.PUT);
    }
    return chosen.stream().distinct().sorted().toList();
  }

  private Path parent() {
    String place = System.getenv("TMPDIR");
    Path standard = Path.of(place == null ? System.getProperty("java.io.tmpdir") : place);
    return directory == null ? standard : directory;
  }

  private static void closeAtExit(Workplace workplace) {
    // Nodes whose start was cut off are on no list.
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    try {
      workplace.close();
    } catch (IOException e) {
      System.err.println(
          "bench: cannot remove " + workplace.directory() + " (" + e + "); remove it by hand");
    }
  }

  private static Map<String, @Nullable Object> machine() {
    Map<String, @Nullable Object> machine = new LinkedHashMap<>();
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("memoryMiB", Math.round(Proc.memoryMebibytes()));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", System.getProperty("java.vm.version"));
    return machine;
  }
}
