package io.quintet.node;

import java.util.List;
import java.util.regex.Pattern;

/// How a node finds others.
///
/// @param name keeps clusters on one wire apart: 1 to 64 letters, digits, `.`, `_` and `-`
/// @param udpPort the beacons' port
/// @param interfaces names of network interfaces; empty: loopback and every real one that is up
/// @param bootstrap `host:port` addresses to ask as well
public record NetworkSettings(
    String name, int udpPort, List<String> interfaces, List<String> bootstrap) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]{1,253}):([1-9][0-9]{0,4})");

  /// Refuses nonsense and keeps its own copies.
  public NetworkSettings {
    require(NAME.matcher(name).matches(), "network: '" + name + "' (expected: " + NAME + ")");
    require(udpPort > 0 && udpPort < 65_536, "udp-port: " + udpPort + " (expected: 1..65535)");
    interfaces = interfaces.stream().filter(each -> !each.isBlank()).toList();
    bootstrap = List.copyOf(bootstrap);
    for (String address : bootstrap) {
      require(isAddress(address), "bootstrap: '" + address + "' (expected: HOST:PORT)");
    }
  }

  private static boolean isAddress(String address) {
    var parts = ADDRESS.matcher(address);
    return parts.matches() && Integer.parseInt(parts.group(2)) < 65_536;
  }

  private static void require(boolean truth, String message) {
    if (!truth) {
      throw new IllegalArgumentException(message);
    }
  }

  /// Whether nothing leaves this machine: only loopback was chosen.
  public boolean isLoopbackOnly() {
    return !interfaces.isEmpty() && interfaces.stream().allMatch("lo"::equals);
  }
}
