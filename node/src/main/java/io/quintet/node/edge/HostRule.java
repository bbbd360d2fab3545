package io.quintet.node.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Refuses requests that a web page may have made somebody's browser send.
///
/// A page that was loaded from a hostile name can make that name point to this node (DNS rebinding)
/// and then talk to it as its own server; but the browser still sends the hostile name as `Host`.
/// So only names that are surely this node's are served: `localhost`, the very address that the
/// connection arrived at, and names that its owner listed. Every other request that a page makes
/// across origins carries `Origin`, and no client of ours sends that.
final class HostRule {
  private final Set<String> allowed;

  /// @param allowed more names and literal addresses, lower case
  HostRule(Set<String> allowed) {
    this.allowed =
        allowed.stream()
            .map(name -> name.contains(":") ? oneSpelling(name) : name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /// The reason to refuse, empty when the request may pass.
  Optional<Problem> check(HttpServerRequest request) {
    if (request.headers().contains("Origin")) {
      return Optional.of(
          new Problem(
              403,
              "origin",
              "requests of web pages are refused",
              request.getHeader("Origin"),
              "no Origin header"));
    }
    List<String> hosts = request.headers().getAll("Host");
    if (hosts.size() != 1 || hosts.getFirst().isBlank()) {
      return Optional.of(
          Problem.badRequest(
              "host", "Host is missing or repeated", String.join(", ", hosts), "one Host header"));
    }
    String name = nameOf(hosts.getFirst().strip().toLowerCase(Locale.ROOT));
    SocketAddress local = request.localAddress();
    String arrivedAt = local == null ? "" : plain(local.hostAddress());
    if (name.equals("localhost") || name.equals(arrivedAt) || allowed.contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            421,
            "host",
            "this node is not called so",
            hosts.getFirst(),
            "localhost, the address of the connection, or a name given by --allow-host"));
  }

  /// The host of `host[:port]`, without the brackets of IPv6; empty when it is malformed.
  static String nameOf(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end > 0 && isPort(host.substring(end + 1)) ? oneSpelling(host.substring(1, end)) : "";
    }
    int colon = host.indexOf(':');
    if (colon < 0) {
      return host;
    }
    return isPort(host.substring(colon)) ? host.substring(0, colon) : "";
  }

  /// An IPv6 address may be abbreviated in many ways.
  private static String oneSpelling(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address literal
          ? plain(literal.getHostAddress())
          : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isPort(String rest) {
    return rest.isEmpty() || rest.matches(":[0-9]{1,5}");
  }

  private static String plain(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
