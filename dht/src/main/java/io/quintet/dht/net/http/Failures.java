package io.quintet.dht.net.http;

import io.netty.handler.codec.DecoderException;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.net.PeerException.Kind;
import io.quintet.dht.net.Shown;
import io.quintet.dht.net.json.StrictJson;
import io.quintet.dht.records.DeleteSecret;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.HexFormat;
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
        .transform(body -> {
          Map<String, @Nullable Object> problem = problem(body.succeeded() ? body.result() : null);
          String said = what + quoted(problem);
          Tombstone proof = status == 409 ? tombstone(problem) : null;
          return Future.failedFuture(
              proof == null
                  ? new PeerException(node, kind, status, said)
                  : PeerException.deleted(node, status, said, proof));
        });
  }

  /// The member `tombstone` of a problem, null when there is none.
  private static @Nullable Tombstone tombstone(Map<String, @Nullable Object> problem) {
    return problem.get("tombstone") instanceof Map<?, ?> map
            && map.get("id") instanceof String id
            && map.get("secret") instanceof String secret
            && Key.isHex(id)
            && Key.isHex(secret)
        ? new Tombstone(Key.fromHex(id), DeleteSecret.of(HexFormat.of().parseHex(secret)))
        : null;
  }

  /// The members of a JSON body, none of anything else.
  private static Map<String, @Nullable Object> problem(@Nullable Buffer body) {
    if (body == null || body.length() == 0) {
      return Map.of();
    }
    try {
      return StrictJson.object(body);
    } catch (BadRequestException e) {
      return Map.of();
    }
  }

  /// ` (title: detail)` of a problem document (RFC 9457), empty for anything else.
  private static String quoted(Map<String, @Nullable Object> problem) {
    String title = problem.get("title") instanceof String text ? text : "";
    String detail = problem.get("detail") instanceof String text ? text : "";
    String both = title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
    return both.isEmpty() ? "" : " (" + Shown.of(both, SHOWN_CHARS_MAX) + ")";
  }
}
