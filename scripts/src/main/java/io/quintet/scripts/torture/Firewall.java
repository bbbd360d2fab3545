package io.quintet.scripts.torture;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A wall between two halves of a cluster on loopback, made of packet filters of the kernel.
///
/// Nodes and clients of a half run in a group of users of its own, by which their packets are
/// known; the filter looks at nothing but packets of these two groups to the nodes of the other
/// half, and their beacons, which would reach all.
final class Firewall implements AutoCloseable {
  private final String table;

  private Firewall(String table) {
    this.table = table;
  }

  /// Puts it up.
  ///
  /// @param firstGroup the group of the first half; that of the second is the next
  static Firewall between(int firstGroup, int udpPort, List<List<Victim>> halves)
      throws IOException {
    String table = "quintet_torture_" + ProcessHandle.current().pid() + "_" + System.nanoTime();
    Shell.run("nft", "add", "table", "inet", table);
    Firewall wall = new Firewall(table);
    try {
      wall.nft("add", "chain", "out", "{ type filter hook output priority 0 ; policy accept ; }");
      for (int half = 0; half < 2; half++) {
        String ports =
            halves.get(1 - half).stream()
                .map(node -> "" + URI.create(node.url()).getPort())
                .collect(Collectors.joining(", ", "{ ", " }"));
        String group = "meta skgid " + (firstGroup + half);
        wall.nft("add", "rule", "out", group + " tcp dport " + ports + " counter drop");
        wall.nft("add", "rule", "out", group + " udp dport " + udpPort + " counter drop");
      }
      return wall;
    } catch (IOException e) {
      wall.close();
      throw e;
    }
  }

  private void nft(String verb, String what, String chain, String rest) throws IOException {
    Shell.run("nft", verb, what, "inet", table, chain, rest);
  }

  /// What a command line begins with that shall run in `group`.
  static List<String> inGroup(int group) {
    return List.of("setpriv", "--regid=" + group, "--clear-groups");
  }

  /// How many packets it has dropped.
  long dropped() throws IOException {
    return Shell.output("nft", "list", "table", "inet", table)
        .lines()
        .filter(line -> line.contains("packets "))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*packets ([0-9]+) .*", "$1")))
        .sum();
  }

  /// Why there can be none on this machine; empty when there can.
  static Optional<String> obstacle() {
    Optional<String> missing = Shell.obstacle("nft", "setpriv");
    if (missing.isPresent()) {
      return missing;
    }
    String probe = "quintet_torture_probe_" + ProcessHandle.current().pid();
    try {
      Shell.run("nft", "add", "table", "inet", probe);
      Shell.run("nft", "delete", "table", "inet", probe);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("this machine does not let root filter packets");
    }
  }

  /// Takes it down.
  @Override
  public void close() throws IOException {
    Shell.run("nft", "delete", "table", "inet", table);
  }
}
