package io.quintet.dht.net.http;

import io.quintet.dht.id.Contact;
import io.quintet.dht.net.PeerException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP call with a deadline that holds whatever the node does: a connection that is never
/// accepted, an answer that never comes, a body that never ends.
///
/// Its future fails with a [PeerException] and nothing else.
///
/// @param <T> what the answer is read as
public final class Exchange<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Vertx vertx;
  private final Contact node;
  private final RequestOptions request;
  private final Promise<T> result = Promise.promise();
  private final AtomicReference<@Nullable HttpClientRequest> open = new AtomicReference<>();

  /// @param request made by [#request]
  public Exchange(Vertx vertx, Contact node, RequestOptions request) {
    this.vertx = vertx;
    this.node = node;
    this.request = request;
  }

  /// A request to `node` that is given up when no byte comes in for `progressTimeout`.
  public static RequestOptions request(
      Contact node, HttpMethod method, String path, Duration progressTimeout) {
    String address = node.address();
    return new RequestOptions()
        .setMethod(method)
        .setServer(SocketAddress.inetSocketAddress(node.port(), node.host()))
        // As the Host header has it: IPv6 in brackets.
        .setHost(address.substring(0, address.lastIndexOf(':')))
        .setPort(node.port())
        .setURI(path)
        .setFollowRedirects(false)
        .setIdleTimeout(progressTimeout.toMillis());
  }

  /// Makes the call.
  ///
  /// @param body null for none
  /// @param reader called with the answer's head on the connection's event loop; must take or reset
  ///   the body
  public Future<T> run(
      HttpClient http,
      @Nullable Buffer body,
      Duration timeout,
      Function<HttpClientResponse, Future<T>> reader) {
    long timer = vertx.setTimer(timeout.toMillis(), fired -> late(timeout));
    result.future().onComplete(done -> vertx.cancelTimer(timer));
    try {
      http.request(request)
          .compose(opened -> exchange(opened, body, reader))
          .onComplete(result::tryComplete, cause -> result.tryFail(failure(cause)));
    } catch (IllegalStateException e) {
      result.tryFail(failure(e));
    }
    return result.future();
  }

  /// Everything from here on is chained on the connection's event loop. Chained by the caller's
  /// thread, the reader could come when the answer is already over.
  private Future<T> exchange(
      HttpClientRequest opened,
      @Nullable Buffer body,
      Function<HttpClientResponse, Future<T>> reader) {
    opened.exceptionHandler(this::note);
    open.set(opened);
    if (result.future().isComplete()) {
      opened.reset();
      return Future.failedFuture("given up before the connection was there");
    }
    Future<HttpClientResponse> answer = body == null ? opened.send() : opened.send(body);
    return answer.compose(response -> read(response, reader));
  }

  private Future<T> read(
      HttpClientResponse response, Function<HttpClientResponse, Future<T>> reader) {
    response.exceptionHandler(this::note);
    return reader.apply(response);
  }

  /// The futures of the call tell what went wrong; without a handler Vert.x logs it as an error,
  /// and what strangers do to a connection is none of ours.
  private void note(Throwable cause) {
    LOG.debug("{}", what(), cause);
  }

  private void late(Duration timeout) {
    String why = "no complete answer within " + timeout.toMillis() + " ms";
    if (result.tryFail(new PeerException(node, PeerException.Kind.RETRYABLE, 0, what() + why))) {
      HttpClientRequest running = open.get();
      if (running != null) {
        running.reset();
      }
    }
  }

  private PeerException failure(Throwable cause) {
    return cause instanceof PeerException known ? known : Failures.of(node, what(), cause);
  }

  private String what() {
    return request.getMethod() + " " + node.url() + request.getURI() + ": ";
  }
}
