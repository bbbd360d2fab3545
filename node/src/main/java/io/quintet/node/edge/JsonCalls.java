package io.quintet.node.edge;

import io.quintet.dht.net.BadRequestException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads bounded JSON bodies and answers with JSON, or with the problem that came up.
final class JsonCalls {
  private static final Logger LOG = LoggerFactory.getLogger(JsonCalls.class);

  private final Admission bytesInFlight;

  /// @param bytesInFlight the JSON bytes in flight, shared by all event loops
  JsonCalls(Admission bytesInFlight) {
    this.bytesInFlight = bytesInFlight;
  }

  /// What an operation answers.
  ///
  /// @param json the body
  record Answer(int status, Buffer json) {}

  /// Answers `request`, whose body may have `bytesMax` bytes, with what `operation` makes of it.
  ///
  /// @param operation fails with a [BadRequestException], a [RefusedException], or
  ///   [RejectedExecutionException] when it has too much to do
  void call(HttpServerRequest request, int bytesMax, Function<Buffer, Future<Answer>> operation) {
    start(request, ContentLength.of(request, bytesMax), bytesMax, operation);
  }

  /// The same for an operation that needs no body: none at all counts as an empty one.
  void callWithOptionalBody(
      HttpServerRequest request, int bytesMax, Function<Buffer, Future<Answer>> operation) {
    boolean none =
        request.getHeader("Content-Length") == null
            && !request.headers().contains("Transfer-Encoding");
    start(request, none ? 0 : ContentLength.of(request, bytesMax), bytesMax, operation);
  }

  private void start(
      HttpServerRequest request,
      int size,
      int bytesMax,
      Function<Buffer, Future<Answer>> operation) {
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
        .compose(body -> checked(body).compose(operation))
        .onSuccess(answer -> send(request, answer))
        .onFailure(cause -> failed(request, cause));
  }

  private static Future<Buffer> checked(Buffer body) {
    if (JsonDepth.of(body) > EdgeLimits.JSON_DEPTH_MAX) {
      return Future.failedFuture(
          new RefusedException(
              Problem.badRequest(
                  "json-depth",
                  "the JSON is nested too deeply",
                  null,
                  "at most " + EdgeLimits.JSON_DEPTH_MAX + " levels")));
    }
    return Future.succeededFuture(body);
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

  private static void send(HttpServerRequest request, Answer answer) {
    if (!request.response().closed() && !request.response().ended()) {
      request
          .response()
          .setStatusCode(answer.status())
          .putHeader(
              "Content-Type",
              answer.status() < 400 ? "application/json" : "application/problem+json")
          .end(answer.json());
    }
  }

  private static void failed(HttpServerRequest request, Throwable cause) {
    switch (cause) {
      case RefusedException refused -> refused.problem().answer(request);
      case BadRequestException bad ->
          Problem.badRequest(
                  "json", "malformed at " + bad.jsonPath(), bad.value(), bad.expectation())
              .answer(request);
      case RejectedExecutionException busy ->
          Problem.busy("a node that has joined its network, or has less to do").answer(request);
      default -> {
        LOG.debug("{} failed", request.path(), cause);
        Problem.internal().answer(request);
      }
    }
  }

  /// A problem on its way through a future.
  static final class RefusedException extends RuntimeException {
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
