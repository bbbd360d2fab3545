package io.quintet.dht.net.mdns;

import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.LocalAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/// What RFC 6762 fixes.
final class Mdns {
  static final InetAddress GROUP = InetAddress.ofLiteral("224.0.0.251");
  static final int PORT = 5_353;
  static final int TIME_TO_LIVE = 255;

  private Mdns() {}

  /// The address that `via` speaks mDNS from; none where it must not.
  static Optional<Inet4Address> address(ChosenInterface via) {
    return via.isMulticast() && !via.isLoopback()
        ? via.addresses().stream()
            .map(LocalAddress::address)
            .filter(Inet4Address.class::isInstance)
            .map(Inet4Address.class::cast)
            .findFirst()
        : Optional.empty();
  }
}
