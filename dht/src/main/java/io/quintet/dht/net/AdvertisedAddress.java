package io.quintet.dht.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where others reach a node whose own address means nothing to them: behind a port that a
/// container publishes or a router forwards.
///
/// @param host a literal address
/// @param port of the address, not the one that the node listens on
/// @param name the host as its owner wrote it, lower case, without brackets
public record AdvertisedAddress(String host, int port, String name) {
  private static final int DEFAULT_PORT = 80;

  /// Reads `http://HOST[:PORT]`. A name is resolved, once: the first IPv4 address, or else the
  /// first IPv6 address. Blocks.
  ///
  /// @throws IllegalArgumentException naming the text and what was expected
  public static AdvertisedAddress parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw refusal(url, "http://HOST:PORT", e);
    }
    String host = uri.getHost();
    boolean bare =
        (uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/"))
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null;
    int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
    if (!"http".equalsIgnoreCase(uri.getScheme()) || host == null || !bare || host.contains("%")) {
      throw refusal(url, "http://HOST:PORT", null);
    }
    if (port < 1 || port > 65_535) {
      throw refusal(url, "a port from 1 to 65535", null);
    }
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new AdvertisedAddress(resolve(url, name), port, name.toLowerCase(Locale.ROOT));
  }

  /// As others write it, without a trailing slash.
  public String url() {
    return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static String resolve(String url, String name) {
    try {
      return Arrays.stream(InetAddress.getAllByName(name))
          .sorted(Comparator.comparing(each -> !(each instanceof Inet4Address)))
          .map(InetAddress::getHostAddress)
          .filter(LiteralAddress::isUnicast)
          .findFirst()
          .orElseThrow(() -> refusal(url, "an address that one machine can have", null));
    } catch (UnknownHostException e) {
      throw refusal(url, "a host that can be resolved", e);
    }
  }

  private static IllegalArgumentException refusal(
      String url, String expectation, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "advertise: '" + Shown.of(url, 80) + "' (expected: " + expectation + ")", cause);
  }
}
