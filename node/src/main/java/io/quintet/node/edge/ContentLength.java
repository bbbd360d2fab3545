package io.quintet.node.edge;

import io.vertx.core.http.HttpServerRequest;

/// The announced length of a body, which every body must have: room and time are measured by it.
final class ContentLength {
  private ContentLength() {}

  /// The length, or negative when it is missing, malformed or above `max`; then [#problem] says
  /// why.
  static int of(HttpServerRequest request, int max) {
    String text = request.getHeader("Content-Length");
    if (text == null || !text.matches("[0-9]{1,18}")) {
      return -1;
    }
    long length = Long.parseLong(text);
    return length > max ? -1 : (int) length;
  }

  static Problem problem(HttpServerRequest request, int max) {
    String text = request.getHeader("Content-Length");
    return text == null
        ? new Problem(411, "length-required", "Content-Length is missing", null, "0.." + max)
        : new Problem(413, "too-large", "the body is too large", text, "at most " + max + " bytes");
  }
}
