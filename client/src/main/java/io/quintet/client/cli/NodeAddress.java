package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// The address of a node, as people write it.
final class NodeAddress {
  private NodeAddress() {}

  /// The root of the node's HTTP API.
  ///
  /// @param url `http://host:port`, with or without its scheme
  /// @throws UserException with `USAGE` for anything else
  static URI of(String url) {
    String full = url.contains("://") ? url : "http://" + url;
    try {
      URI uri = new URI(full);
      boolean root = uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/");
      boolean plain = uri.getUserInfo() == null && uri.getQuery() == null;
      if ("http".equals(uri.getScheme()) && uri.getHost() != null && root && plain) {
        return URI.create("http://" + uri.getAuthority());
      }
    } catch (URISyntaxException e) {
      throw notAnAddress(url, e);
    }
    throw notAnAddress(url, null);
  }

  private static UserException notAnAddress(String url, @Nullable URISyntaxException cause) {
    String failed = "'" + url + "' is not the address of a node";
    String advice = "use http://HOST:PORT, such as http://127.0.0.1:8000";
    return cause == null
        ? new UserException(ExitCode.USAGE, failed, advice)
        : new UserException(ExitCode.USAGE, failed, advice, cause);
  }
}
