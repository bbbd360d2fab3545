package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A node process, which can be ended and started again on its data directory.
final class TestNode {
  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final long END_MAX_SECONDS = 30;

  private final Site site;
  private final String name;
  private final List<String> more;
  private @Nullable Process process;
  private String id = "";
  private volatile String url = "";

  /// @param more options besides the usual ones
  TestNode(Site site, String name, List<String> more) {
    this.site = site;
    this.name = name;
    this.more = more;
  }

  String name() {
    return name;
  }

  String id() {
    return id;
  }

  URI url() {
    return URI.create(url);
  }

  Path data() {
    return site.path(name);
  }

  Path log() {
    return site.path(name + ".log");
  }

  /// Starts the process; it may need a while to be ready.
  void begin() throws IOException {
    Files.deleteIfExists(log());
    process =
        site.process(arguments(name))
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
  }

  /// The command line of a node on the data directory `data`.
  List<String> arguments(String data) {
    List<String> arguments =
        new ArrayList<>(List.of("node", "--json", "--data", data, "--bind", "127.0.0.1"));
    if (!more.contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    arguments.addAll(site.networkOptions());
    arguments.addAll(more);
    return arguments;
  }

  void awaitReady() throws Exception {
    Await.until(name + " speaks", READY_MAX, () -> !isAlive() || readyLine().isPresent());
    JsonNode ready = Run.json(readyLine().orElseThrow(() -> new AssertionError(logText())));
    assertTrue(ready.path("event").asText().equals("ready"), this::logText);
    id = ready.path("id").asText();
    url = ready.path("url").asText();
  }

  private Optional<String> readyLine() {
    String text = logText();
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return whole.lines().filter(line -> line.startsWith("{")).findFirst();
  }

  String logText() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Of the process that was started last.
  long pid() {
    return Objects.requireNonNull(process).pid();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /// SIGKILL.
  void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /// SIGTERM.
  void terminate() {
    if (process != null) {
      process.destroy();
    }
  }

  /// Waits for the end.
  ///
  /// @return the exit status
  int awaitEnd() throws InterruptedException {
    Process ending = process;
    if (ending == null) {
      return -1;
    }
    assertTrue(ending.waitFor(END_MAX_SECONDS, TimeUnit.SECONDS), name + " does not end");
    return ending.exitValue();
  }

  void killAndWait() throws InterruptedException {
    kill();
    assertTrue(awaitEnd() > 0);
  }

  /// Live nodes that this one knows; -1 when it does not say.
  int members() {
    try {
      return status().path("members").asInt(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  JsonNode status() throws IOException {
    return Run.json(RawHttp.get(url(), "/status").text());
  }

  /// It lives, is ready, and nothing in its log looks like a bug.
  void assertHealthy() throws IOException {
    assertTrue(isAlive(), this::logText);
    assertTrue(RawHttp.get(url(), "/health/ready").status() == 200, this::logText);
    assertNoBugInLog();
  }

  void assertNoBugInLog() {
    // A crowded machine makes Vert.x warn of slow threads, stack included; nothing else may.
    List<String> errors = logText().lines().filter(line -> line.contains(" ERROR ")).toList();
    assertEquals(List.of(), errors, this::logText);
  }

  Path chunkFile(String chunk) {
    return data().resolve("chunks").resolve(chunk.substring(0, 2)).resolve(chunk);
  }

  /// The ids of the chunks on its disk, sorted.
  List<String> chunksOnDisk() throws IOException {
    try (Stream<Path> files = Files.walk(data().resolve("chunks"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
