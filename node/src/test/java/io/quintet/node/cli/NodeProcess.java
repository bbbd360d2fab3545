package io.quintet.node.cli;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/// A real node process; its own main class runs the command.
final class NodeProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 40;

  private final Process process;
  private final BufferedReader output;

  private NodeProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /// What the process runs.
  public static void main(String[] args) {
    System.exit(new CommandLine(new NodeCommand()).execute(args));
  }

  /// Starts a node in `data` on loopback with a network of its own.
  static NodeProcess start(Path data, String... more) throws IOException {
    return startUnder(List.of(), data, more);
  }

  /// The same as the child of another program, such as a tracer.
  static NodeProcess startUnder(List<String> program, Path data, String... more)
      throws IOException {
    List<String> command = new ArrayList<>(program);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(temporary(data)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(NodeProcess.class.getName());
    command.addAll(List.of("--data", data.toString(), "--interface", "lo"));
    command.addAll(
        List.of("--network", "node-test-" + ProcessHandle.current().pid(), "--udp-port", "29917"));
    command.addAll(List.of(more));
    File log = data.resolveSibling(data.getFileName() + ".log").toFile();
    return new NodeProcess(new ProcessBuilder(command).redirectError(log).start());
  }

  /// Where the process on `data` makes temporary files.
  static Path temporary(Path data) {
    return data.resolveSibling(data.getFileName() + ".tmp");
  }

  String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the process printed nothing more");
    }
    return line;
  }

  JsonObject ready() throws IOException {
    return new JsonObject(line());
  }

  long pid() {
    return process.pid();
  }

  /// Sends SIGTERM and waits for the end.
  int terminate() throws Exception {
    process.destroy();
    return exitCode();
  }

  void kill() throws Exception {
    process.destroyForcibly();
    exitCode();
  }

  int exitCode() throws Exception {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the process did not end in time");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
