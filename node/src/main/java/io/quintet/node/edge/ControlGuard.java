package io.quintet.node.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// Who may control a node: whoever can read `admin.token` in its data directory, and calls from
/// this machine. Sent as `Authorization: Bearer TOKEN`.
final class ControlGuard {
  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  /// @param token the node's admin token
  ControlGuard(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /// The reason to refuse, empty when the caller may control the node.
  Optional<Problem> check(HttpServerRequest request) {
    if (!isLoopback(request.remoteAddress())) {
      return Optional.of(
          new Problem(
              403, "control", "control calls come from this machine alone", null, "loopback"));
    }
    List<String> given = request.headers().getAll("Authorization");
    if (given.size() == 1 && given.getFirst().startsWith(SCHEME) && isRight(given.getFirst())) {
      return Optional.empty();
    }
    // What was sent is not shown: it may be nearly right.
    return Optional.of(
        new Problem(
            401,
            "admin-token",
            "the admin token is missing or wrong",
            null,
            "Authorization: Bearer, and the content of admin.token in the data directory"));
  }

  /// Compares all bytes whatever they are, so that the time tells nothing.
  private boolean isRight(String header) {
    byte[] sent = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(sent, token);
  }

  private static boolean isLoopback(SocketAddress caller) {
    try {
      // A literal address: nothing is looked up.
      return caller != null
          && caller.hostAddress() != null
          && InetAddress.ofLiteral(caller.hostAddress()).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
