package io.quintet.dht.net.http;

import io.netty.handler.codec.DecoderException;
import io.quintet.dht.id.Contact;
import io.quintet.dht.net.BadRequestException;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.net.PeerException.Kind;
import io.quintet.dht.net.Shown;
import io.quintet.dht.net.json.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells failures of calls apart, and words them for people.
final class Failures {
  private static final int PROBLEM_BYTES_MAX = 4 * 1_024;
  private static final int SHOWN_CHARS_MAX = 200;

  private Failures() {}

  /// A failure without an HTTP answer.
  static PeerException of(Contact node, String what, Throwable cause) {
    boolean nonsense =
        cause instanceof DecoderException
            || cause instanceof BadRequestException
            || cause instanceof IllegalArgumentException;
    String message = cause.getMessage();
    String why = message == null ? cause.getClass().getSimpleName() : message;
    return new PeerException(
        node, nonsense ? Kind.PERMANENT : Kind.RETRYABLE, 0, what + Shown.of(why, SHOWN_CHARS_MAX));
  }

  /// The failure that an unexpected status means; takes the body, to quote the problem in it.
  static <T> Future<T> unexpected(Contact node, HttpClientResponse response) {
    int status = response.statusCode();
    Kind kind =
        switch (status) {
          case 404 -> Kind.ABSENT;
          case 507 -> Kind.NO_ROOM;
          case 503, 429, 408 -> Kind.RETRYABLE;
          default -> Kind.PERMANENT;
        };
    String what =
        response.request().getMethod()
            + " "
            + node.url()
            + response.request().getURI()
            + ": HTTP "
            + status;
    return Bodies.atMost(response, PROBLEM_BYTES_MAX)
        .transform(body ->
            Future.failedFuture(
                new PeerException(
                    node, kind, status, what + quoted(body.succeeded() ? body.result() : null))));
  }

  /// ` (title: detail)` of a problem document (RFC 9457), empty for anything else.
  private static String quoted(@Nullable Buffer body) {
    if (body == null || body.length() == 0) {
      return "";
    }
    Map<String, @Nullable Object> problem;
    try {
      problem = StrictJson.object(body);
    } catch (BadRequestException e) {
      return "";
    }
    String title = problem.get("title") instanceof String text ? text : "";
    String detail = problem.get("detail") instanceof String text ? text : "";
    String both = title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
    return both.isEmpty() ? "" : " (" + Shown.of(both, SHOWN_CHARS_MAX) + ")";
  }
}
