package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A directory with a home folder, a network's name and a UDP port of its own, where commands run
/// and nodes are started. Who makes one ends its nodes with [#killAll].
final class Site {
  private static final Duration COMMAND_MAX = Duration.ofMinutes(2);
  private static final Duration MEET_MAX = Duration.ofSeconds(60);
  private static final File NOTHING = new File("/dev/null");

  private final Path dir;
  private final Path home;
  private final String network;
  private final int udpPort;
  private final List<TestNode> nodes = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();

  /// Uses `dir`, which exists, for everything.
  Site(Path dir) throws IOException {
    this(dir, freeUdpPort());
  }

  Site(Path dir, int udpPort) throws IOException {
    this.dir = dir;
    this.home = Files.createDirectories(dir.resolve("home"));
    this.network = "e2e-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    this.udpPort = udpPort;
  }

  Path dir() {
    return dir;
  }

  Path path(String name) {
    return dir.resolve(name);
  }

  String network() {
    return network;
  }

  int udpPort() {
    return udpPort;
  }

  /// The nodes in the order of their start, dead ones included.
  List<TestNode> nodes() {
    return nodes;
  }

  TestNode node(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }

  /// Makes a file of bytes that follow from `seed`.
  Path file(String name, int size, long seed) throws IOException {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return Files.write(path(name), content);
  }

  /// Sets an environment variable for what is started from now on.
  void set(String variable, String value) {
    variables.put(variable, value);
  }

  /// Starts `count` more nodes and waits until all that live know each other.
  void startNodes(int count, String... more) throws Exception {
    List<TestNode> begun = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TestNode node = new TestNode(this, "node-" + (nodes.size() + 1), List.of(more));
      nodes.add(node);
      node.begin();
      begun.add(node);
    }
    for (TestNode node : begun) {
      node.awaitReady();
    }
    awaitMeeting();
  }

  /// Waits until every living node knows every other.
  void awaitMeeting() throws Exception {
    List<TestNode> alive = nodes.stream().filter(TestNode::isAlive).toList();
    for (TestNode node : alive) {
      Await.until("nodes meet", MEET_MAX, () -> node.members() >= alive.size() - 1);
    }
  }

  /// Kills all nodes with SIGKILL, at once.
  void killAll() throws Exception {
    for (TestNode node : nodes) {
      node.kill();
    }
    for (TestNode node : nodes) {
      node.awaitEnd();
    }
  }

  /// Starts every node that does not run, on its old data directory, and waits until they know each
  /// other.
  void restartDead() throws Exception {
    List<TestNode> dead = nodes.stream().filter(node -> !node.isAlive()).toList();
    for (TestNode node : dead) {
      node.begin();
    }
    for (TestNode node : dead) {
      node.awaitReady();
    }
    awaitMeeting();
  }

  /// Runs a command on this site's network.
  Run onNetwork(String... args) throws Exception {
    return run(Stream.concat(Stream.of(args), networkOptions().stream()).toArray(String[]::new));
  }

  /// Runs a command.
  Run run(String... args) throws Exception {
    return runWithInput(null, args);
  }

  /// Runs a command with `input` as its standard input.
  Run runWithInput(@Nullable Path input, String... args) throws Exception {
    return run(process(List.of(args)).redirectInput(input == null ? NOTHING : input.toFile()));
  }

  /// Runs a command on this site's network, redirected as a shell does: `<&-` closes its standard
  /// input.
  Run redirected(String redirections, String... args) throws Exception {
    ProcessBuilder builder =
        process(Stream.concat(Stream.of(args), networkOptions().stream()).toList());
    builder.command().addAll(0, List.of("bash", "-c", "\"$@\" " + redirections, "-"));
    return run(builder);
  }

  private Run run(ProcessBuilder builder) throws Exception {
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    String command = String.join(" ", builder.command());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      boolean ended = process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS);
      assertTrue(ended, command + "\n" + Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
    Run run = new Run(command, process.exitValue(), Files.readAllBytes(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return run;
  }

  List<String> networkOptions() {
    return List.of("--network", network, "--udp-port", "" + udpPort, "--interface", "lo");
  }

  /// A process of the launcher in this site's directory and home.
  ProcessBuilder process(List<String> args) {
    List<String> command = new ArrayList<>(List.of(System.getProperty("quintet.launcher")));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("HOME", home.toString());
    environment.keySet().removeAll(List.of("XDG_STATE_HOME", "XDG_DATA_HOME"));
    environment.putAll(variables);
    return builder;
  }

  /// Fails when a command left something in this site's directory that is not expected there.
  void assertHolds(String... expected) throws IOException {
    List<String> names = new ArrayList<>(List.of(expected));
    names.add("home");
    nodes.forEach(node -> names.addAll(List.of(node.name(), node.name() + ".log")));
    names.sort(null);
    try (Stream<Path> all = Files.list(dir)) {
      assertEquals(names, all.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  /// Both files hold the same bytes.
  static void assertSame(Path expected, Path actual) throws IOException {
    assertEquals(-1, Files.mismatch(expected, actual), actual + " differs from " + expected);
  }

  static void assertSame(Path expected, byte[] actual) throws IOException {
    assertEquals(-1, Arrays.mismatch(Files.readAllBytes(expected), actual), expected.toString());
  }

  static int freeUdpPort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      return socket.getLocalPort();
    }
  }
}
