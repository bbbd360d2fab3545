package io.quintet.scripts.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quintet.scripts.cluster.Launcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs commands of `quintet` as a user would, each in a process of its own, and watches them.
public final class Client {
  private static final long SAMPLE_MILLIS = 20;

  private final Launcher launcher;
  private final Path directory;
  private final long secondsMax;
  private int runs;

  /// @param directory takes the command's output, its log of collections and the client's state
  /// @param secondsMax a command that runs longer is killed and fails
  public Client(Launcher launcher, Path directory, long secondsMax) {
    this.launcher = launcher;
    this.directory = directory;
    this.secondsMax = secondsMax;
  }

  /// How a command ended, with exit code 0.
  ///
  /// @param seconds from the start of the launcher's script to the end of the process
  /// @param cpuSeconds processor time, to the last sample
  /// @param peakMebibytes most memory that was resident, to the last sample
  /// @param result the last JSON object that it printed, or null for none
  public record Run(
      double seconds,
      double cpuSeconds,
      double peakMebibytes,
      GcLog heap,
      @Nullable JsonNode result) {
    /// A number of the result.
    ///
    /// @throws IOException when there is no such number
    public double number(String field) throws IOException {
      if (result == null || !result.path(field).isNumber()) {
        throw new IOException("the command's result has no number " + field);
      }
      return result.path(field).doubleValue();
    }
  }

  /// Runs one command.
  ///
  /// @throws IOException when it fails, with what it said
  public Run run(List<String> arguments) throws IOException, InterruptedException {
    Path gc = directory.resolve("client-" + ++runs + ".gc");
    return run(arguments, GcLog.flag(gc), gc);
  }

  /// The same without a log of collections, for what takes milliseconds.
  public Run runBare(List<String> arguments) throws IOException, InterruptedException {
    return run(arguments, "", directory.resolve("none"));
  }

  private Run run(List<String> arguments, String flags, Path gc)
      throws IOException, InterruptedException {
    Path output = directory.resolve("client.out");
    List<String> command = new ArrayList<>(List.of(launcher.script().toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    environment.put("QUINTET_JAVA_OPTS", flags);
    Path lib = launcher.lib();
    if (lib != null) {
      environment.put("QUINTET_LIB", lib.toString());
    }
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    long begin = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    Watch watch = watch(process);
    double seconds = (System.nanoTime() - begin) / 1e9;
    String text = Files.readString(output, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException(
          "quintet " + arguments.getFirst() + " ended with " + process.exitValue() + ": " + text);
    }
    return new Run(seconds, watch.cpuSeconds, watch.peakMebibytes, GcLog.read(gc), result(text));
  }

  private record Watch(double cpuSeconds, double peakMebibytes) {}

  // The process itself must tell; once it ended nobody can.
  private Watch watch(Process process) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    double cpu = 0;
    double peak = 0;
    try {
      do {
        cpu = Math.max(cpu, Proc.cpuSeconds(process.pid()));
        peak = Math.max(peak, Proc.peakResidentMebibytes(process.pid()));
        if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(secondsMax)) {
          throw new IOException("it did not end within " + secondsMax + " s");
        }
      } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
      return new Watch(cpu, peak);
    } finally {
      process.destroyForcibly();
    }
  }

  private static @Nullable JsonNode result(String text) throws IOException {
    JsonNode last = null;
    for (String line : text.lines().toList()) {
      if (line.startsWith("{")) {
        last = new ObjectMapper().readTree(line);
      }
    }
    return last;
  }
}
