package io.quintet.scripts.namespaces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Two bridges with a router between them, and machines at them.
///
/// All of it lives in namespaces with names of this process's own, so that closing the wire, which
/// also happens when the process is told to end, leaves nothing.
final class Wire implements AutoCloseable {
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final int MACHINES_MAX = 40;

  private final Path dir;
  private final String name;
  private final List<Machine> machines = new ArrayList<>();
  private final Thread atExit = new Thread(this::remove, "wire-remove");

  private Wire(Path dir, String name) {
    this.dir = dir;
    this.name = name;
  }

  /// Why there can be no wire here; empty when there can be one.
  static Optional<String> obstacle() throws InterruptedException {
    String trial = newName();
    try {
      for (List<String> tool : List.of(List.of("ip", "-V"), List.of("nft", "-v"))) {
        if (Tool.run(tool).exitCode() != 0) {
          return Optional.of(tool.getFirst() + " does not run");
        }
      }
      Tool.Said said = Tool.run(List.of("ip", "netns", "add", trial));
      if (said.exitCode() != 0) {
        return Optional.of("no network namespace can be made (root is needed): " + said.text());
      }
      Tool.Said filter = Tool.run(netns(trial, "nft", "-f", "-"), rules("ether type arp drop"));
      Tool.Said bridge =
          Tool.run(List.of("ip", "-n", trial, "link", "add", "br0", "type", "bridge"));
      Tool.must(List.of("ip", "netns", "del", trial), "");
      return filter.exitCode() + bridge.exitCode() == 0
          ? Optional.empty()
          : Optional.of("no bridge or no filter: " + bridge.text() + filter.text());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Makes the bridges and the router.
  ///
  /// @param dir where machines keep their files
  static Wire open(Path dir) throws IOException, InterruptedException {
    Wire wire = new Wire(dir, newName());
    Runtime.getRuntime().addShutdownHook(wire.atExit);
    try {
      Tool.must(List.of("ip", "netns", "add", wire.name), "");
      StringBuilder commands = new StringBuilder("link set lo up\n");
      for (int subnet = 1; subnet <= 2; subnet++) {
        commands
            .append("link add br%d type bridge\n".formatted(subnet))
            .append("addr add 10.77.%d.254/24 dev br%d\n".formatted(subnet, subnet))
            .append("addr add fd77:%d::fe/64 dev br%d nodad\n".formatted(subnet, subnet))
            .append("link set br%d up\n".formatted(subnet));
      }
      Tool.must(List.of("ip", "-n", wire.name, "-batch", "-"), commands.toString());
      Tool.must(netns(wire.name, "sysctl", "-q", "-w", "net.ipv4.ip_forward=1"), "");
      return wire;
    } catch (IOException | InterruptedException e) {
      wire.close();
      throw e;
    }
  }

  /// Adds a machine.
  ///
  /// @param subnet at bridge 1 or 2
  Machine machine(int subnet) throws IOException, InterruptedException {
    int number = machines.size() + 1;
    if (number > MACHINES_MAX) {
      throw new IllegalStateException("too many machines");
    }
    String space = name + "m" + number;
    Machine machine = new Machine(space, subnet, number, dir.resolve("machine" + number));
    machines.add(machine);
    Tool.must(List.of("ip", "netns", "add", space), "");
    Tool.must(
        List.of("ip", "-n", name, "-batch", "-"),
        """
        link add %1$s type veth peer name veth0 netns %2$s
        link set %1$s master br%3$d up
        """
            .formatted(machine.port(), space, subnet));
    machine.connect(number);
    return machine;
  }

  /// From now on the bridges drop what one of `rules` says, in the words of nftables; without rules
  /// they drop nothing.
  void filter(String... rules) throws IOException, InterruptedException {
    Tool.must(netns(name, "nft", "-f", "-"), "flush ruleset\n" + rules(rules));
  }

  /// Publishes port 8000 of `hidden`, which is at bridge 2, as port 18000 of the router at bridge
  /// 1, and lets its calls come from there.
  ///
  /// @return the address that others reach it at
  String publish(Machine hidden) throws IOException, InterruptedException {
    Tool.must(
        netns(name, "nft", "-f", "-"),
        """
        table ip nat {
        chain pre { type nat hook prerouting priority -100;
        ip daddr 10.77.1.254 tcp dport 18000 dnat to %1$s:8000
        }
        chain post { type nat hook postrouting priority 100;
        ip saddr %1$s oifname "br1" masquerade
        }
        }
        """
            .formatted(hidden.address()));
    return "http://10.77.1.254:18000";
  }

  /// Ends what runs on the machines, and removes everything.
  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process ends already: the hook has done it, or will.
      return;
    }
  }

  private synchronized void remove() {
    for (Machine machine : machines) {
      machine.killAll();
    }
    List<String> spaces = new ArrayList<>(machines.stream().map(Machine::space).toList());
    spaces.add(name);
    machines.clear();
    for (String space : spaces) {
      try {
        // With the namespace go its interfaces, and the other ends of its cables.
        Tool.run(List.of("ip", "netns", "del", space));
      } catch (IOException e) {
        System.err.println("namespace " + space + " stays: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  static List<String> netns(String space, String... command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", space));
    all.addAll(List.of(command));
    return all;
  }

  private static String newName() {
    return "quintet" + ProcessHandle.current().pid() + "w" + MADE.incrementAndGet();
  }

  private static String rules(String... rules) {
    return "table bridge quintet { chain between { type filter hook forward priority 0;\n"
        + String.join("\n", rules)
        + "\n}\n}\n";
  }
}
