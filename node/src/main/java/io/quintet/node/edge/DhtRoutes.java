package io.quintet.node.edge;

import io.quintet.dht.net.BadRequestException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/dht/*`: bounds the JSON bodies and hands them to the engine's adapter, which parses them
/// strictly.
final class DhtRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(DhtRoutes.class);

  private final DhtPort dht;
  private final Admission bytesInFlight;

  /// @param bytesInFlight the JSON bytes in flight, shared by all event loops
  DhtRoutes(DhtPort dht, Admission bytesInFlight) {
    this.dht = dht;
    this.bytesInFlight = bytesInFlight;
  }

  /// Answers `operation`, whose body may have `bytesMax` bytes.
  void call(RoutingContext routing, String operation, int bytesMax) {
    HttpServerRequest request = routing.request();
    int size = ContentLength.of(request, bytesMax);
    if (size < 0) {
      ContentLength.problem(request, bytesMax).answerAndClose(request);
      return;
    }
    if (!bytesInFlight.tryTake(size)) {
      Problem.busy("at most " + bytesInFlight.max() + " bytes of JSON in flight").answer(request);
      return;
    }
    body(request)
        .onComplete(read -> bytesInFlight.giveBack(size))
        .compose(body -> answer(request, operation, body))
        .onSuccess(answer -> send(request, answer))
        .onFailure(cause -> failed(request, operation, cause));
  }

  private Future<Buffer> answer(HttpServerRequest request, String operation, Buffer body) {
    if (JsonDepth.of(body) > EdgeLimits.JSON_DEPTH_MAX) {
      return Future.failedFuture(
          new RefusedException(
              Problem.badRequest(
                  "json-depth",
                  "the JSON is nested too deeply",
                  null,
                  "at most " + EdgeLimits.JSON_DEPTH_MAX + " levels")));
    }
    return dht.handle(operation, body, request.remoteAddress().hostAddress());
  }

  private static Future<Buffer> body(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer collected = Buffer.buffer();
    request.handler(collected::appendBuffer);
    request.exceptionHandler(whole::tryFail);
    Runnable forget =
        Disconnect.watch(request.connection(), () -> whole.tryFail(new ClosedChannelException()));
    request.endHandler(end -> whole.tryComplete(collected));
    request.resume();
    return whole.future().onComplete(end -> forget.run());
  }

  private static void send(HttpServerRequest request, Buffer answer) {
    if (!request.response().closed() && !request.response().ended()) {
      request.response().putHeader("Content-Type", "application/json").end(answer);
    }
  }

  private static void failed(HttpServerRequest request, String operation, Throwable cause) {
    switch (cause) {
      case RefusedException refused -> refused.problem().answer(request);
      case BadRequestException bad ->
          Problem.badRequest(
                  "json", "malformed at " + bad.jsonPath(), bad.value(), bad.expectation())
              .answer(request);
      case RejectedExecutionException busy ->
          Problem.busy("a node that has joined its network, or has less to do").answer(request);
      default -> {
        LOG.debug("{} failed", operation, cause);
        Problem.internal().answer(request);
      }
    }
  }

  /// A problem on its way through a future.
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    RefusedException(Problem problem) {
      super(problem.title(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
