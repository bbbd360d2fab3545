package io.quintet.scripts.bench.process;

import io.quintet.client.network.NetworkOptions;
import io.quintet.scripts.cluster.ClusterDirectory;
import io.quintet.scripts.cluster.ClusterPlan;
import io.quintet.scripts.cluster.ClusterStart;
import io.quintet.scripts.cluster.ClusterState;
import io.quintet.scripts.cluster.ClusterStop;
import io.quintet.scripts.cluster.Launcher;
import io.quintet.scripts.cluster.NodeProcess;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Node processes on loopback, under a network name and a beacon port of their own. Closing ends
/// them.
public final class Nodes implements AutoCloseable {
  private static final long JCMD_SECONDS_MAX = 30;

  private final Path directory;
  private final NetworkOptions network;
  private final ClusterState cluster;

  private Nodes(Path directory, NetworkOptions network, ClusterState cluster) {
    this.directory = directory;
    this.network = network;
    this.cluster = cluster;
  }

  /// Starts `count` nodes in `directory` and waits until they know each other. Node n keeps its
  /// chunks in `node-n`.
  public static Nodes start(Launcher launcher, Path directory, int count)
      throws IOException, InterruptedException {
    return start(launcher, directory, count, newNetwork());
  }

  /// Starts `count` more nodes, with a directory of their own, in the network of `others`.
  public static Nodes join(Launcher launcher, Path directory, int count, Nodes others)
      throws IOException, InterruptedException {
    return start(launcher, directory, count, others.network);
  }

  private static Nodes start(Launcher launcher, Path directory, int count, NetworkOptions network)
      throws IOException, InterruptedException {
    ClusterState cluster = starting(launcher, directory, count, network).run();
    Nodes nodes = new Nodes(directory, network, cluster);
    try {
      for (NodeProcess node : cluster.nodes()) {
        logCollections(node, nodes.gcLog(node));
      }
      return nodes;
    } catch (IOException | InterruptedException | RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  /// Starts `count` nodes and returns the moment when the last is ready: nobody waits until they
  /// know each other, and their collections are not logged.
  public static Nodes startUntilReady(Launcher launcher, Path directory, int count)
      throws IOException {
    return startUntilReady(launcher, directory, count, newNetwork());
  }

  /// The same for nodes, with a directory of their own, in the network of `others`.
  public static Nodes joinUntilReady(Launcher launcher, Path directory, int count, Nodes others)
      throws IOException {
    return startUntilReady(launcher, directory, count, others.network);
  }

  private static Nodes startUntilReady(
      Launcher launcher, Path directory, int count, NetworkOptions network) throws IOException {
    return new Nodes(
        directory, network, starting(launcher, directory, count, network).runUntilReady());
  }

  private static ClusterStart starting(
      Launcher launcher, Path directory, int count, NetworkOptions network) {
    return new ClusterStart(
        new ClusterDirectory(directory), launcher, new ClusterPlan(count, network, null, false));
  }

  private static NetworkOptions newNetwork() throws IOException {
    String name = "bench-" + HexFormat.of().toHexDigits(new Random().nextInt());
    return new NetworkOptions(name, freeUdpPort(), List.of(ClusterPlan.LOOPBACK), List.of());
  }

  private static int freeUdpPort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      return socket.getLocalPort();
    }
  }

  // The launcher's flags switch the JVM's logs off; this switches one on in the running process.
  private static void logCollections(NodeProcess node, Path log)
      throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(node.pid()),
                "VM.log",
                "output=" + log,
                "what=gc=info")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!jcmd.waitFor(JCMD_SECONDS_MAX, TimeUnit.SECONDS)) {
      jcmd.destroyForcibly();
      throw new IOException("jcmd did not end");
    }
  }

  private Path gcLog(NodeProcess node) {
    return directory.resolve("node-" + node.number() + ".gc");
  }

  /// The options by which a client finds these nodes, and no others.
  public List<String> clientOptions() {
    return List.of(
        "--network",
        network.name(),
        "--udp-port",
        Integer.toString(network.udpPort()),
        "--interface",
        ClusterPlan.LOOPBACK);
  }

  /// The network of these nodes.
  public NetworkOptions network() {
    return network;
  }

  /// The nodes' ids in the order of their numbers.
  public List<String> ids() {
    return cluster.nodes().stream().map(NodeProcess::id).toList();
  }

  /// The root of node `number`'s API.
  public URI uri(int number) {
    return cluster.nodes().get(number - 1).uri();
  }

  /// Processor seconds that all nodes together used so far.
  public double cpuSeconds() {
    return cluster.nodes().stream().mapToDouble(node -> Proc.cpuSeconds(node.pid())).sum();
  }

  /// Processor seconds that node `number` used so far.
  public double cpuSeconds(int number) {
    return Proc.cpuSeconds(cluster.nodes().get(number - 1).pid());
  }

  /// SIGKILL to these nodes.
  public void kill(List<Integer> numbers) {
    numbers.forEach(number -> ClusterStop.kill(cluster.nodes().get(number - 1)));
  }

  /// What the greediest node took, in MiB.
  ///
  /// @param resident most memory resident
  /// @param heap of the node whose heap had most left after a collection
  public record Memory(double resident, GcLog heap) {}

  /// The memory of the greediest node until now.
  public Memory memory() throws IOException {
    double resident = 0;
    List<GcLog> heaps = new ArrayList<>();
    for (NodeProcess node : cluster.nodes()) {
      resident = Math.max(resident, Proc.peakResidentMebibytes(node.pid()));
      heaps.add(GcLog.read(gcLog(node)));
    }
    GcLog most = new GcLog(0, 0, 0);
    for (GcLog heap : heaps) {
      if (heap.after() >= most.after()) {
        most = heap;
      }
    }
    return new Memory(resident, most);
  }

  /// Whether all processes still live.
  public boolean areAlive() {
    return cluster.nodes().stream().allMatch(NodeProcess::isAlive);
  }

  /// Ends all processes; their data is going to be removed, so there is nothing to save.
  @Override
  public void close() {
    new ClusterStop(cluster.nodes(), Duration.ZERO).run();
  }
}
