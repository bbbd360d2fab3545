package io.quintet.dht.net;

import java.net.InetAddress;

/// Literal IP addresses in their one spelling (that of [InetAddress#getHostAddress]).
public final class LiteralAddress {
  private LiteralAddress() {}

  /// Whether `host` is a literal address in that spelling that one node can have: no name, no zone,
  /// no wildcard, multicast or broadcast address.
  public static boolean isUnicast(String host) {
    if (host.length() > 45 || host.isEmpty() || host.indexOf('%') >= 0) {
      return false;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      return address.getHostAddress().equals(host)
          && !address.isAnyLocalAddress()
          && !address.isMulticastAddress()
          && !host.startsWith("255.")
          && !host.startsWith("0.")
          && !host.equals("127.255.255.255");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Whether `host` may be told to, and believed from, a process at `other`: a loopback address
  /// means something on one machine only.
  public static boolean isTellable(String host, String other) {
    return !isLoopback(host) || isLoopback(other);
  }

  /// Whether `host` is a literal address of this machine's loopback interface.
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
