package io.quintet.node.edge;

import io.quintet.dht.records.Tombstone;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A refused or failed request as `application/problem+json` (RFC 9457).
///
/// @param type stable, after `urn:quintet:problem:`
/// @param title the same for every problem of this type
/// @param value what was refused, shortened; null when there is nothing to show
/// @param expectation what would have been accepted
/// @param tombstone the proof that a chunk was deleted, null for every other problem
record Problem(
    int status,
    String type,
    String title,
    @Nullable String value,
    String expectation,
    @Nullable Tombstone tombstone) {
  private static final int SHOWN_MAX = 200;

  /// Keeps the shown value short and printable.
  Problem {
    value = value == null ? null : shown(value);
  }

  /// A problem without a tombstone.
  Problem(int status, String type, String title, @Nullable String value, String expectation) {
    this(status, type, title, value, expectation, null);
  }

  /// The same with a tombstone.
  Problem with(Optional<Tombstone> proof) {
    return new Problem(status, type, title, value, expectation, proof.orElse(null));
  }

  static Problem badRequest(String type, String title, @Nullable String value, String expected) {
    return new Problem(400, type, title, value, expected);
  }

  static Problem badId(String value) {
    return badRequest("chunk-id", "not a chunk id", value, "64 lower-case hex digits");
  }

  static Problem notFound(String value) {
    return new Problem(404, "not-found", "not found", value, "a chunk that is stored here");
  }

  static Problem unknownPath(String value) {
    return new Problem(404, "unknown-path", "no such path", value, "a path of GET /openapi");
  }

  static Problem busy(String expectation) {
    return new Problem(503, "busy", "busy", null, expectation);
  }

  static Problem internal() {
    return new Problem(500, "internal", "the node failed", null, "see the node's log");
  }

  /// Answers `request` with this problem and reads away the rest of its body; the connection's
  /// watch bounds how long that may take. A body that was announced too large is not read: the
  /// connection closes.
  void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    response.setStatusCode(status);
    response.putHeader("Content-Type", "application/problem+json");
    response.putHeader("Cache-Control", "no-store");
    if (status == 503) {
      response.putHeader("Retry-After", "1");
    }
    if (!request.isEnded()) {
      request.handler(bytes -> {});
      request.resume();
    }
    response.end(json().toBuffer());
  }

  /// The same, and the connection ends.
  void answerAndClose(HttpServerRequest request) {
    request.response().putHeader("Connection", "close");
    answer(request);
    Lingering.close(request.connection());
  }

  JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("type", "urn:quintet:problem:" + type)
            .put("title", title)
            .put("status", status);
    if (value != null && value.contains("(expected: ")) {
      // It says what was expected already.
      json.put("detail", title + ": " + value).put("value", value);
    } else if (value != null) {
      json.put("detail", title + ": '" + value + "' (expected: " + expectation + ")");
      json.put("value", value);
    } else {
      json.put("detail", title + " (expected: " + expectation + ")");
    }
    if (tombstone != null) {
      json.put(
          "tombstone",
          new JsonObject()
              .put("id", tombstone.id().toString())
              .put("secret", tombstone.secret().hex()));
    }
    return json.put("expectation", expectation);
  }

  private static String shown(String value) {
    StringBuilder clean = new StringBuilder();
    for (int i = 0; i < Math.min(value.length(), SHOWN_MAX); i++) {
      char c = value.charAt(i);
      clean.append(c < ' ' || c > '~' ? '?' : c);
    }
    return value.length() > SHOWN_MAX ? clean + "..." : clean.toString();
  }
}
