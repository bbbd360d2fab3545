package io.quintet.client.network;

import java.util.List;

/// How a client finds the network.
///
/// @param name the cluster's name in beacons (`--network`)
/// @param udpPort the beacons' port (`--udp-port`)
/// @param interfaces names of network interfaces; empty means loopback and every real one that is
///   up
/// @param bootstrap `host:port` addresses to ask as well
public record NetworkOptions(
    String name, int udpPort, List<String> interfaces, List<String> bootstrap) {
  /// Keeps its own copies.
  public NetworkOptions {
    interfaces = List.copyOf(interfaces);
    bootstrap = List.copyOf(bootstrap);
  }
}
