package io.quintet.scripts.torture;

import io.quintet.client.ExitCode;
import io.quintet.client.network.NetworkOptions;
import io.quintet.scripts.cluster.Launcher;
import io.quintet.scripts.torture.times.GetTimes;
import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A directory with a home folder, a network name and a UDP port of its own, in which nodes and
/// commands run. Closing it ends every process and takes every disk away again.
final class Arena implements AutoCloseable {
  private static final long COMMAND_SECONDS_MAX = 300;
  private static final int BUSY_MAX = 3;

  private final Path dir;
  private final Launcher launcher;
  private final String network;
  private final int udpPort;
  private final List<Victim> victims = new CopyOnWriteArrayList<>();
  private final List<Disk> disks = new CopyOnWriteArrayList<>();

  /// @param dir exists and is empty
  Arena(Path dir, Launcher launcher) throws IOException {
    this.dir = dir;
    this.launcher = launcher;
    this.network = "torture-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    this.udpPort = freeUdpPort();
    Files.createDirectories(dir.resolve("home"));
  }

  private static int freeUdpPort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      return socket.getLocalPort();
    }
  }

  /// How its processes are started.
  Launcher launcher() {
    return launcher;
  }

  /// An empty directory in it.
  Path folder(String name) throws IOException {
    return Files.createDirectories(dir.resolve(name));
  }

  Path path(String name) {
    return dir.resolve(name);
  }

  /// A node on `data`, not started yet.
  Victim node(Path data, String... options) {
    Victim victim = new Victim(this, data, List.of(options));
    victims.add(victim);
    return victim;
  }

  /// Starts `count` nodes and waits until they know each other.
  List<Victim> cluster(Trial trial, int count, String... options) throws Exception {
    return clusterOf(trial, "node", count, List.of(), options);
  }

  /// The same with names and command lines that begin so.
  List<Victim> clusterOf(
      Trial trial, String name, int count, List<String> prefix, String... options)
      throws Exception {
    List<Victim> nodes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Victim node = node(path(name + "-" + i), options).behind(prefix);
      node.begin(Map.of());
      nodes.add(node);
    }
    for (Victim node : nodes) {
      node.awaitReady(trial);
    }
    awaitMeeting(trial, nodes);
    return nodes;
  }

  /// Waits until each of `nodes` that lives knows all others that live.
  void awaitMeeting(Trial trial, List<Victim> nodes) throws Exception {
    long alive = nodes.stream().filter(Victim::isAlive).count();
    for (Victim node : nodes) {
      trial.await("nodes meet", 120, () -> !node.isAlive() || node.members() >= alive - 1);
    }
  }

  void keep(Disk disk) {
    disks.add(disk);
  }

  /// @param suffix of the network's name
  List<String> networkOptions(String suffix) {
    return List.of("--network", network + suffix, "--udp-port", "" + udpPort, "--interface", "lo");
  }

  /// The network for a client in this process.
  GetTimes.Place clientPlace() {
    NetworkOptions options = new NetworkOptions(network, udpPort, List.of("lo"), List.of());
    return new GetTimes.Place(options, path("client-state"));
  }

  int udpPort() {
    return udpPort;
  }

  /// A process of the launcher.
  ///
  /// @param prefix what the command line begins with, may be empty
  ProcessBuilder process(List<String> prefix, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(launcher.script().toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Path lib = launcher.lib();
    if (lib != null) {
      builder.environment().put("QUINTET_LIB", lib.toString());
    }
    // A home of its own, but the user's cache of started programs: starts take a third with it.
    String cache = System.getenv("XDG_CACHE_HOME");
    String shared = cache != null ? cache : System.getProperty("user.home") + "/.cache";
    builder.environment().put("XDG_CACHE_HOME", shared);
    builder.environment().put("HOME", path("home").toString());
    builder.environment().remove("QUINTET_JAVA_OPTS");
    return builder;
  }

  /// Runs a command on this network.
  ///
  /// @return its exit status
  int run(String... arguments) throws Exception {
    return runBehind(List.of(), arguments);
  }

  /// The same with a command line that begins so.
  int runBehind(List<String> prefix, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(networkOptions(""));
    Process process =
        process(prefix, all)
            .redirectErrorStream(true)
            .redirectOutput(path("last-command.log").toFile())
            .start();
    try {
      if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new BrokenPromiseException("this does not end: " + String.join(" ", all));
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /// Runs a command that must succeed; again when no node answered it in time, as on a machine that
  /// is too busy to: what is promised is the data.
  void succeed(Trial trial, String... arguments) throws Exception {
    int status = run(arguments);
    for (int i = 0; i < BUSY_MAX && status == ExitCode.NO_NODES.number(); i++) {
      trial.count("asked again", 1);
      status = run(arguments);
    }
    trial.require(
        status == 0,
        String.join(" ", arguments)
            + " ended with "
            + status
            + ": "
            + Files.readString(path("last-command.log")));
  }

  @Override
  public void close() throws IOException {
    for (Victim victim : victims) {
      victim.kill();
    }
    for (Disk disk : disks) {
      disk.close();
    }
  }
}
