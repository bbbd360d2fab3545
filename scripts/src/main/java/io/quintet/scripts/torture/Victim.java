package io.quintet.scripts.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quintet.client.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A node process that will be hurt. It can be started again and again on its data directory.
final class Victim {
  private static final long READY_SECONDS_MAX = 120;
  private static final long END_SECONDS_MAX = 60;

  private final Arena arena;
  private final Path data;
  private final List<String> options;
  private final Path log;
  private volatile @Nullable Process process;
  private boolean alone;
  private List<String> prefix = List.of();
  private volatile String id = "";
  private volatile String url = "";

  Victim(Arena arena, Path data, List<String> options) {
    this.arena = arena;
    this.data = data;
    this.options = options;
    this.log = arena.path(data.getFileName() + "-" + System.nanoTime() + ".log");
  }

  /// From its next start on it meets nobody.
  Victim alone() {
    alone = true;
    return this;
  }

  /// From its next start on this stands before its command line.
  Victim behind(List<String> words) {
    prefix = List.copyOf(words);
    return this;
  }

  Path data() {
    return data;
  }

  String id() {
    return id;
  }

  String url() {
    return url;
  }

  long pid() {
    Process running = process;
    return running == null ? -1 : running.pid();
  }

  /// What the process has used of the processors so far.
  Duration processorTime() {
    Process running = process;
    return running == null
        ? Duration.ZERO
        : running.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /// Starts the process.
  ///
  /// @param environment more variables
  void begin(Map<String, String> environment) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("node", "--json", "--data", data.toString(), "--port", "0"));
    arguments.addAll(List.of("--bind", "127.0.0.1"));
    arguments.addAll(arena.networkOptions(alone ? "-alone" : ""));
    arguments.addAll(options);
    Files.deleteIfExists(log);
    ProcessBuilder builder = arena.process(prefix, arguments);
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /// Waits for what [#begin] started.
  void awaitReady(Trial trial) throws Exception {
    trial.await(data + " speaks", READY_SECONDS_MAX, () -> !isAlive() || spoken().isPresent());
    JsonNode ready = spoken().orElse(null);
    trial.require(
        ready != null && ready.path("event").asText().equals("ready"),
        data + " did not start: " + Files.readString(log));
    if (ready != null) {
      id = ready.path("id").asText();
      url = ready.path("url").asText();
    }
  }

  /// The same for a process that may die on the way, or say what keeps it from starting.
  ///
  /// @return whether it is ready
  boolean readyOrDead(Trial trial) throws Exception {
    trial.await(data + " speaks", READY_SECONDS_MAX, () -> !isAlive() || spoken().isPresent());
    JsonNode said = spoken().orElse(null);
    if (said == null || said.path("exitCode").asInt() == ExitCode.REFUSED.number()) {
      return false;
    }
    awaitReady(trial);
    return true;
  }

  void start(Trial trial) throws Exception {
    begin(Map.of());
    awaitReady(trial);
  }

  private Optional<JsonNode> spoken() {
    try {
      String text = Files.readString(log);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      Optional<String> line = whole.lines().filter(each -> each.startsWith("{")).findFirst();
      return line.isEmpty()
          ? Optional.empty()
          : Optional.of(new ObjectMapper().readTree(line.get()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// SIGKILL; returns when the process is gone.
  void kill() throws IOException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      if (!Shell.ended(running)) {
        throw new IOException("process " + running.pid() + " does not end");
      }
    }
  }

  /// SIGTERM.
  ///
  /// @return the exit status, -1 when it does not end
  int terminate() throws InterruptedException {
    Process running = process;
    if (running == null) {
      return -1;
    }
    running.destroy();
    return running.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS) ? running.exitValue() : -1;
  }

  /// Whether the process that was started last came to the step of its failpoint.
  boolean hasReached(String step) throws IOException {
    return Files.readString(log).contains("failpoint " + step + ":");
  }

  /// Waits for an end that something else brings about.
  boolean awaitEnd(long seconds) throws InterruptedException {
    Process running = process;
    return running != null && running.waitFor(seconds, TimeUnit.SECONDS);
  }

  /// Sends `STOP` or `CONT`.
  void signal(String name) throws IOException {
    Shell.run("kill", "-" + name, "" + pid());
  }

  /// Live nodes that it knows; -1 when it does not say.
  int members() {
    return status().path("members").asInt(-1);
  }

  /// What `GET /status` says, empty when it says nothing.
  JsonNode status() {
    return ChunkCalls.json(url, "/status");
  }

  Path chunkFile(String chunk) {
    return data.resolve("chunks").resolve(chunk.substring(0, 2)).resolve(chunk);
  }

  /// Files in quarantine.
  long quarantined() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("quarantine"))) {
      return files.count();
    }
  }
}
