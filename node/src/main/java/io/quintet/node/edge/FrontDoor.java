package io.quintet.node.edge;

import io.quintet.dht.net.http.ReadSize;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that is decided about a request before it is routed. One per event loop, which owns
/// its state.
final class FrontDoor implements Handler<HttpServerRequest> {
  private final HostRule hosts;
  private final PathRule paths;
  private final Admission connections;
  private final Router router;
  private final ConnectionWatches watches;

  FrontDoor(
      EdgeLimits limits, HostRule hosts, PathRule paths, Admission connections, Router router) {
    this.hosts = hosts;
    this.paths = paths;
    this.connections = connections;
    this.router = router;
    this.watches = new ConnectionWatches(limits);
  }

  /// A new connection.
  void connected(HttpConnection connection) {
    if (!connections.tryTake(1)) {
      connection.close();
      return;
    }
    ReadSize.enlarge(connection, EdgeLimits.READ_BYTES_MAX);
    watches.add(connection);
    connection.closeHandler(closed -> {
      connections.giveBack(1);
      watches.remove(connection);
    });
  }

  @Override
  public void handle(HttpServerRequest request) {
    ConnectionWatch watch = watches.of(request.connection());
    if (watch == null) {
      request.connection().close();
      return;
    }
    watch.begin(request);
    Optional<Problem> refusal = refusal(request);
    if (refusal.isPresent()) {
      // Whoever sends such requests does not need this connection any more.
      refusal.get().answerAndClose(request);
      return;
    }
    if (mayHaveBody(request)) {
      // Nobody listens to it yet: it must not run past.
      request.pause();
    }
    router.handle(request);
  }

  /// A header that Netty could not parse.
  void invalid(HttpServerRequest request) {
    ConnectionWatch watch = watches.of(request.connection());
    if (watch != null) {
      watch.begin(request);
    }
    String cause = String.valueOf(request.decoderResult().cause());
    Problem problem =
        cause.contains("TooLongHttpLine")
            ? new Problem(
                414,
                "request-line",
                "the request line is too long",
                null,
                "at most " + EdgeLimits.REQUEST_LINE_BYTES_MAX + " bytes")
            : cause.contains("TooLongHttpHeader")
                ? new Problem(
                    431,
                    "header",
                    "the header is too long",
                    null,
                    "at most " + EdgeLimits.HEADER_BYTES_MAX + " bytes")
                : Problem.badRequest("http", "not HTTP/1.1", null, "RFC 9112");
    problem.answerAndClose(request);
  }

  private Optional<Problem> refusal(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_1_1 && request.version() != HttpVersion.HTTP_1_0) {
      return Optional.of(new Problem(505, "http", "unknown HTTP version", null, "HTTP/1.1"));
    }
    Optional<Problem> refusal = hosts.check(request);
    if (refusal.isEmpty()) {
      refusal = paths.check(request.method().name(), request.uri());
    }
    return refusal.isEmpty() ? Optional.ofNullable(bodyProblem(request)) : refusal;
  }

  private static boolean mayHaveBody(HttpServerRequest request) {
    return request.method().equals(HttpMethod.PUT) || request.method().equals(HttpMethod.POST);
  }

  private static @Nullable Problem bodyProblem(HttpServerRequest request) {
    if (mayHaveBody(request)) {
      return null;
    }
    String length = request.getHeader("Content-Length");
    boolean none = length == null || length.equals("0");
    return none && !request.headers().contains("Transfer-Encoding")
        ? null
        : new Problem(413, "body", "a body is not expected here", length, "no body");
  }
}
