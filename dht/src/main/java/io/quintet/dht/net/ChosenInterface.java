package io.quintet.dht.net;

import java.net.InetAddress;
import java.util.List;

/// A network interface on which beacons are sent and answered.
///
/// @param addresses its addresses, IPv4 first
/// @param broadcastAddresses where its beacons go; empty when it knows no broadcast
/// @param isMulticast whether multicast is sent and heard on it; never on loopback
public record ChosenInterface(
    String name,
    List<LocalAddress> addresses,
    List<InetAddress> broadcastAddresses,
    boolean isMulticast) {
  /// Keeps its own copies.
  public ChosenInterface {
    addresses = List.copyOf(addresses);
    broadcastAddresses = List.copyOf(broadcastAddresses);
  }

  /// An interface without multicast.
  public ChosenInterface(
      String name, List<LocalAddress> addresses, List<InetAddress> broadcastAddresses) {
    this(name, addresses, broadcastAddresses, false);
  }

  /// Whether one of its subnets has `address`.
  public boolean reaches(InetAddress address) {
    // Asked for every datagram: a stream would cost more than the answer.
    for (LocalAddress own : addresses) {
      if (own.reaches(address)) {
        return true;
      }
    }
    return false;
  }

  /// Whether its packets never leave this machine.
  public boolean isLoopback() {
    return addresses.stream().allMatch(each -> each.address().isLoopbackAddress());
  }
}
