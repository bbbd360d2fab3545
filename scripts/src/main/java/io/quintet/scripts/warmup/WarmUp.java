package io.quintet.scripts.warmup;

import io.quintet.client.ExitCode;
import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.Interruption;
import io.quintet.client.cli.LiveBackend;
import io.quintet.client.cli.QuintetCommandLine;
import io.quintet.client.progress.Terminal;
import io.quintet.node.HttpSettings;
import io.quintet.node.NetworkSettings;
import io.quintet.node.NodeConfig;
import io.quintet.node.NodeWiring;
import io.quintet.node.RunningNode;
import io.quintet.node.edge.EdgeLimits;
import io.quintet.node.home.NodeStartException;
import io.quintet.node.service.replicas.UpkeepSettings;
import io.quintet.scripts.Quintet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Does once what users do: two nodes in this process, files put and got through the real commands,
/// help and mistakes. Everything happens on loopback, under a network name of its own, in a
/// temporary directory.
final class WarmUp {
  private static final String LOOPBACK = "lo";
  private static final int NODES = 2;
  private static final int DISCOVERIES_MAX = 20;
  private static final int SMALL_BYTES = 1 << 10;
  private static final int LARGE_BYTES = 3 << 20;

  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Path directory;
  private final QuintetCommandLine line;
  private final List<String> network;
  private final NetworkSettings settings;

  private WarmUp(Path directory, int udpPort) {
    this.directory = directory;
    String name = "warm-up-" + HexFormat.of().toHexDigits(random.nextLong());
    settings = new NetworkSettings(name, udpPort, List.of(LOOPBACK), List.of());
    network = List.of("--network", name, "--udp-port", "" + udpPort, "--interface", LOOPBACK);
    CliContext context =
        new CliContext(
            new Terminal(true, 80, true),
            directory.resolve("state"),
            LiveBackend::new,
            new Interruption());
    line = Quintet.commandLine(context);
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    line.picocli().setOut(nowhere).setErr(nowhere);
  }

  /// Runs all of it.
  ///
  /// @throws IllegalStateException when a command did not end as it must
  static void run() throws IOException, NodeStartException {
    Path directory = Files.createTempDirectory("quintet-warm-up");
    try {
      new WarmUp(directory, freeUdpPort()).train();
    } finally {
      remove(directory);
    }
  }

  private void train() throws IOException, NodeStartException {
    expect(ExitCode.OK, "--help");
    expect(ExitCode.OK, "--version");
    expect(ExitCode.OK, "put", "--help");
    expect(ExitCode.OK, "node", "--help");
    expect(ExitCode.USAGE, "put", "--nonsense");
    List<RunningNode> nodes = new ArrayList<>();
    try {
      for (int i = 1; i <= NODES; i++) {
        nodes.add(NodeWiring.of(config(i)).start());
      }
      untilFound();
      transfer("small", SMALL_BYTES);
      transfer("large", LARGE_BYTES);
      onNetwork(ExitCode.OK, "nodes");
      onNetwork(ExitCode.OK, "nodes", "--json");
      expect(ExitCode.OK, "status", nodes.getFirst().url());
    } finally {
      nodes.forEach(RunningNode::stop);
    }
  }

  /// The warm-up runs in the background at low priority: on a busy machine one discovery may be too
  /// short for nodes whose code was never run before.
  private void untilFound() {
    int exitCode = ExitCode.NO_NODES.number();
    for (int i = 0; i < DISCOVERIES_MAX && exitCode != ExitCode.OK.number(); i++) {
      List<String> command = new ArrayList<>(List.of("nodes"));
      command.addAll(network);
      exitCode = line.execute(command.toArray(String[]::new));
    }
  }

  private NodeConfig config(int number) {
    return new NodeConfig(
        directory.resolve("node-" + number),
        new HttpSettings("127.0.0.1", 0, Set.of(), EdgeLimits.standard()),
        settings,
        Long.MAX_VALUE,
        0L,
        Map.of(),
        UpkeepSettings.standard());
  }

  private void transfer(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    Path file = Files.write(directory.resolve(name), content);
    String manifest = file + ".manifest";
    String replicas = "" + NODES;
    onNetwork(ExitCode.OK, "put", file.toString(), "-o", manifest, "--replicas", replicas);
    onNetwork(ExitCode.OK, "get", manifest, "-o", file + ".text");
    onNetwork(ExitCode.OK, "get", manifest, "-o", file + ".json", "--json");
    expect(ExitCode.OK, "info", manifest);
    if (Files.mismatch(file, Path.of(file + ".text")) >= 0) {
      throw new IllegalStateException(name + " came back changed");
    }
  }

  private void onNetwork(ExitCode expected, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(network);
    expect(expected, all.toArray(String[]::new));
  }

  private void expect(ExitCode expected, String... command) {
    int exitCode = line.execute(command);
    if (exitCode != expected.number()) {
      throw new IllegalStateException(
          "exit code of "
              + String.join(" ", command)
              + ": "
              + exitCode
              + " (expected: "
              + expected.number()
              + ")");
    }
  }

  private static int freeUdpPort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      return socket.getLocalPort();
    }
  }

  private static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
