package io.quintet.dht.net.http;

import io.netty.buffer.Unpooled;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.net.json.StrictJson;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/// The calls of a [PeerClient] over kept-alive HTTP/1.1 connections. Safe for many threads.
public final class HttpPeerClient implements PeerClient {
  private static final int STATUS_BYTES_MAX = 64 * 1_024;

  /// Carries the secret that allows to delete a chunk, in hex.
  private static final String DELETE_HEADER = "Quintet-Delete";

  private static final int PROOF_BYTES_MAX = 4 * 1_024;

  private final Vertx vertx;
  private final PeerClientOptions options;
  private final HttpClient http;

  /// Opens no connection yet.
  public HttpPeerClient(Vertx vertx, PeerClientOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.http = HttpClients.make(vertx, options);
  }

  @Override
  public Future<PutOutcome> putChunk(Contact node, Key id, byte[] blob, boolean uncached) {
    RequestOptions request = chunk(node, HttpMethod.PUT, id, options.timeoutFor(blob.length));
    request.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
    if (uncached) {
      request.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    // The array is sent as it is: a copy of every chunk for every replica would cost more than
    // the encryption does.
    Buffer body = BufferInternal.buffer(Unpooled.wrappedBuffer(blob));
    return new Exchange<PutOutcome>(vertx, node, request)
        .run(
            http,
            body,
            options.timeoutFor(blob.length),
            response ->
                switch (response.statusCode()) {
                  case 201 -> drained(response, PutOutcome.STORED);
                  case 200 -> drained(response, PutOutcome.PRESENT);
                  default -> Failures.unexpected(node, response);
                });
  }

  @Override
  public Future<byte[]> getChunk(Contact node, Key id, int bytesMax) {
    RequestOptions request = chunk(node, HttpMethod.GET, id, options.progressTimeout());
    return new Exchange<byte[]>(vertx, node, request)
        .run(
            http,
            null,
            options.timeoutFor(bytesMax),
            response ->
                response.statusCode() == 200
                    ? whole(node, response, bytesMax)
                    : Failures.unexpected(node, response));
  }

  @Override
  public Future<Boolean> hasChunk(Contact node, Key id) {
    RequestOptions request = chunk(node, HttpMethod.HEAD, id, options.progressTimeout());
    return new Exchange<Boolean>(vertx, node, request)
        .run(
            http,
            null,
            options.timeoutFor(0),
            response ->
                switch (response.statusCode()) {
                  case 200 -> drained(response, true);
                  case 404 -> drained(response, false);
                  default -> Failures.unexpected(node, response);
                });
  }

  @Override
  public Future<DeleteOutcome> deleteChunk(Contact node, Tombstone tombstone) {
    Duration limit = options.timeoutFor(0);
    RequestOptions request = chunk(node, HttpMethod.DELETE, tombstone.id(), limit);
    request.putHeader(DELETE_HEADER, tombstone.secret().hex());
    return new Exchange<DeleteOutcome>(vertx, node, request)
        .run(
            http,
            null,
            limit,
            response ->
                switch (response.statusCode()) {
                  case 204 -> drained(response, DeleteOutcome.DELETED);
                  case 403 -> drained(response, DeleteOutcome.REFUSED);
                  case 404 -> drained(response, DeleteOutcome.UNKNOWN);
                  default -> Failures.unexpected(node, response);
                });
  }

  @Override
  public Future<byte[]> proveChunk(Contact node, Key id, ProofQuestion question) {
    String path = "/chunk/" + id + "/proof";
    RequestOptions request =
        Exchange.request(node, HttpMethod.POST, path, options.progressTimeout());
    request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    return new Exchange<byte[]>(vertx, node, request)
        .run(
            http,
            ProofJson.question(question),
            options.timeoutFor(0),
            response ->
                response.statusCode() == 200
                    ? Bodies.atMost(response, PROOF_BYTES_MAX)
                        .map(body -> ProofJson.answer(node, body))
                    : Failures.unexpected(node, response));
  }

  @Override
  public Future<JsonObject> status(Contact node, Duration timeout) {
    RequestOptions request = Exchange.request(node, HttpMethod.GET, "/status", timeout);
    return new Exchange<JsonObject>(vertx, node, request)
        .run(
            http,
            null,
            timeout,
            response ->
                response.statusCode() == 200
                    ? Bodies.atMost(response, STATUS_BYTES_MAX)
                        .map(body -> new JsonObject(StrictJson.object(body)))
                    : Failures.unexpected(node, response));
  }

  @Override
  public Future<Void> close() {
    return http.close();
  }

  private static RequestOptions chunk(
      Contact node, HttpMethod method, Key id, Duration progressTimeout) {
    return Exchange.request(node, method, "/chunk/" + id, progressTimeout);
  }

  private static Future<byte[]> whole(Contact node, HttpClientResponse response, int bytesMax) {
    int length = announced(response);
    if (length < 0 || length > bytesMax) {
      response.request().reset();
      String what = "GET " + node.url() + response.request().getURI();
      return Future.failedFuture(
          new PeerException(
              node,
              PeerException.Kind.PERMANENT,
              response.statusCode(),
              what + ": its Content-Length is not one of 0 to " + bytesMax));
    }
    return Bodies.exactly(response, length);
  }

  /// The Content-Length, or -1 when there is none that can be used.
  private static int announced(HttpClientResponse response) {
    String text = response.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean number =
        text != null && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && !text.isEmpty() ? Integer.parseInt(text) : -1;
  }

  private static <T> Future<T> drained(HttpClientResponse response, T outcome) {
    return Bodies.atMost(response, STATUS_BYTES_MAX).map(outcome);
  }
}
