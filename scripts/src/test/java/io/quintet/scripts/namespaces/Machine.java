package io.quintet.scripts.namespaces;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A network namespace with one cable, a home folder, and what runs in it.
final class Machine {
  private static final long END_MAX_SECONDS = 20;
  private static final long COMMAND_MAX_SECONDS = 180;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String space;
  private final int subnet;
  private final Path home;
  private final String port;
  private final List<Process> processes = new ArrayList<>();
  private String address;
  private int number;

  Machine(String space, int subnet, int number, Path home) throws IOException {
    this.space = space;
    this.subnet = subnet;
    this.home = Files.createDirectories(home);
    this.number = number;
    this.port = "v" + number;
    this.address = "10.77." + subnet + "." + number;
  }

  /// The name of its namespace.
  String space() {
    return space;
  }

  /// The bridge's end of its cable.
  String port() {
    return port;
  }

  /// Its IPv4 address.
  String address() {
    return address;
  }

  /// What its addresses end with; in IPv6, as hex digits.
  int number() {
    return number;
  }

  Path home() {
    return home;
  }

  /// Gives the cable addresses that end with `number`, and takes those away that it had.
  void connect(int number) throws IOException, InterruptedException {
    this.number = number;
    address = "10.77." + subnet + "." + number;
    Tool.must(
        List.of("ip", "-n", space, "-batch", "-"),
        """
        link set lo up
        link set veth0 down
        addr flush dev veth0
        addr add %1$s/24 brd + dev veth0
        addr add fd77:%2$d::%3$d/64 dev veth0 nodad
        link set veth0 up
        route add default via 10.77.%2$d.254
        """
            .formatted(address, subnet, number));
  }

  /// Starts a node with no configuration but its data directory and `more`.
  Process startNode(String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", "--json", "--data", "data"));
    command.addAll(List.of(more));
    Process process = launcher(command, home.resolve("node.log")).start();
    processes.add(process);
    return process;
  }

  /// Starts a program that is not ours and ends with the machine.
  Process start(Path log, String... command) throws IOException {
    Process process = builder(List.of(command), log).start();
    processes.add(process);
    return process;
  }

  /// Runs Quintet to its end.
  Tool.Said quintet(String... arguments) throws IOException, InterruptedException {
    Path out = home.resolve("command.log");
    Process process = launcher(List.of(arguments), out).start();
    processes.add(process);
    boolean ended = process.waitFor(COMMAND_MAX_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, () -> "does not end: " + String.join(" ", arguments));
    return new Tool.Said(process.exitValue(), Files.readString(out));
  }

  /// Runs another program to its end.
  Tool.Said run(String... command) throws IOException, InterruptedException {
    return Tool.run(Wire.netns(space, command));
  }

  /// Whether a program is installed.
  boolean has(String tool) throws IOException, InterruptedException {
    return run("bash", "-c", "type -P " + tool).exitCode() == 0;
  }

  /// What its node says about itself; an empty object when it says nothing.
  JsonNode status() {
    try {
      Tool.Said said = run("curl", "-s", "-m", "2", "http://127.0.0.1:8000/status");
      return said.exitCode() == 0 ? JSON.readTree(said.text()) : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return JSON.createObjectNode();
    }
  }

  /// How many other nodes its node knows; -1 while it does not answer.
  int members() {
    return status().path("members").asInt(-1);
  }

  /// What its node printed.
  String log() {
    try {
      return Files.readString(home.resolve("node.log"));
    } catch (IOException e) {
      return "";
    }
  }

  /// SIGKILL for everything that runs here.
  void killAll() {
    processes.forEach(Process::destroyForcibly);
    try {
      for (Process each : processes) {
        each.waitFor(END_MAX_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    processes.clear();
  }

  private ProcessBuilder launcher(List<String> arguments, Path log) {
    List<String> command = new ArrayList<>(List.of(System.getProperty("quintet.launcher")));
    command.addAll(arguments);
    return builder(command, log);
  }

  private ProcessBuilder builder(List<String> command, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(Wire.netns(space, command.toArray(String[]::new)))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("HOME", home.toString());
    // The tests of other packages keep to loopback; here the wires are real, and lead nowhere.
    environment
        .keySet()
        .removeAll(
            List.of("QUINTET_INTERFACE", "QUINTET_NETWORK", "XDG_STATE_HOME", "XDG_DATA_HOME"));
    return builder;
  }
}
