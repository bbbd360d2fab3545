package io.quintet.dht.net;

import java.net.InetAddress;
import java.util.List;

/// A network interface on which beacons are sent and answered.
///
/// @param addresses its addresses, IPv4 first
/// @param broadcastAddresses where its beacons go; empty when it knows no broadcast
public record ChosenInterface(
    String name, List<LocalAddress> addresses, List<InetAddress> broadcastAddresses) {
  /// Keeps its own copies.
  public ChosenInterface {
    addresses = List.copyOf(addresses);
    broadcastAddresses = List.copyOf(broadcastAddresses);
  }

  /// Whether its packets never leave this machine.
  public boolean isLoopback() {
    return addresses.stream().allMatch(each -> each.address().isLoopbackAddress());
  }
}
