package io.quintet.dht.net;

/// An address as people write it: `host:port`, with an IPv6 address in brackets.
///
/// @param host a name or a literal address, without brackets
record HostPort(String host, int port) {
  private static final int HOST_CHARS_MAX = 253;

  /// @throws IllegalArgumentException naming the text and what was expected
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = "";
    }
    int port = port(text.substring(colon + 1));
    if (host.isEmpty() || host.length() > HOST_CHARS_MAX || !host.chars().allMatch(HostPort::ok)) {
      throw refusal(text);
    }
    if (port < 1 || port > 65_535) {
      throw refusal(text);
    }
    return new HostPort(host, port);
  }

  private static boolean ok(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._-:%".indexOf(c) >= 0;
  }

  private static int port(String digits) {
    if (digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException refusal(String text) {
    String shown = text.length() <= 80 ? text : text.substring(0, 80) + "...";
    return new IllegalArgumentException("address: '" + shown + "' (expected: HOST:PORT)");
  }
}
