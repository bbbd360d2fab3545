package io.quintet.dht.id;

import org.jspecify.annotations.Nullable;

/// Where a node can be reached: its id and the address of its HTTP server. Immutable and shared.
///
/// @param id the node's id
/// @param host a literal IP address (IPv6 without brackets), never a name: names are resolved where
///   they enter, so that one node has one address everywhere
/// @param port 1 to 65535
public record Contact(Key id, String host, int port) {
  /// Refuses addresses that cannot be called.
  public Contact {
    if (host.isEmpty() || host.length() > 45) {
      throw new IllegalArgumentException("host: '" + host + "' (expected: a literal IP address)");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1..65535)");
    }
  }

  /// `host:port`, IPv6 in brackets.
  public String address() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }

  // Contacts are the keys of the busiest maps, and ids are hashes: the id's hash alone tells them
  // apart, and most comparisons are of an object with itself.

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Contact contact
            && port == contact.port
            && id.equals(contact.id)
            && host.equals(contact.host));
  }

  /// The root of the node's HTTP API, without a trailing slash.
  public String url() {
    return "http://" + address();
  }
}
