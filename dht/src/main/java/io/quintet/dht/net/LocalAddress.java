package io.quintet.dht.net;

import java.net.InetAddress;

/// An address of this machine and the subnet behind it.
///
/// @param prefixBits how many leading bits all addresses of the subnet share
public record LocalAddress(InetAddress address, int prefixBits) {
  /// Refuses impossible subnets.
  public LocalAddress {
    int bits = 8 * address.getAddress().length;
    if (prefixBits < 0 || prefixBits > bits) {
      throw new IllegalArgumentException(
          "prefixBits: " + prefixBits + " (expected: 0.." + bits + ")");
    }
  }

  /// Whether `other` is on the subnet.
  public boolean reaches(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit += 8) {
      int mask = prefixBits - bit >= 8 ? 0xff : 0xff << (8 - (prefixBits - bit));
      if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
