package io.quintet.dht.net.rpc;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.net.http.Bodies;
import io.quintet.dht.net.http.Exchange;
import io.quintet.dht.net.http.HttpClients;
import io.quintet.dht.net.http.PeerClientOptions;
import io.quintet.dht.net.json.JsonFields;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The caller's side of the Kademlia calls. Safe for many threads.
public final class DhtRpcClient {
  /// A longer answer is cut off and counts as none.
  static final int RESPONSE_BYTES_MAX = 1_048_576;

  private static final PeerClientOptions POOL =
      new PeerClientOptions(
          4,
          256,
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          64 * 1_024);

  private final Vertx vertx;
  private final String network;
  private final @Nullable SelfDescription self;
  private final Signatures signatures;
  private final HttpClient http;

  /// @param self null for a client
  public DhtRpcClient(
      Vertx vertx, String network, @Nullable SelfDescription self, Signatures signatures) {
    this.vertx = vertx;
    this.network = network;
    this.self = self;
    this.signatures = signatures;
    this.http = HttpClients.make(vertx, POOL);
  }

  /// Asks `to`. A pong comes back only when it proves the id of `to`.
  ///
  /// @return fails with a [PeerException] when there was no answer, or nonsense
  public Future<DhtResponse> ask(Contact to, DhtRequest request, Duration timeout) {
    return switch (request) {
      case DhtRequest.Ping _ -> ping(to, timeout).map(DhtRpcClient::pong);
      case DhtRequest.FindNode _, DhtRequest.FindValue _, DhtRequest.Store _ ->
          call(to, request, Nonce.fresh(), timeout)
              .compose(body -> read(to, () -> ResponseJson.decode(request, body, to)));
    };
  }

  /// Tells `to` that chunks are deleted.
  ///
  /// @param tombstones at most as many as keys in one call
  /// @return one outcome for each, in the same order; fails with a [PeerException] when there was
  ///   no answer, or nonsense
  public Future<List<Burial>> bury(Contact to, List<Tombstone> tombstones, Duration timeout) {
    Buffer body = RequestJson.encodeTombstones(network, self, tombstones);
    return post(to, "/dht/store", body, timeout)
        .compose(answer ->
            read(to, () -> TombstoneJson.burials(JsonFields.of(answer), tombstones.size())));
  }

  /// Asks whoever serves at an address who it is.
  ///
  /// @return the contact, proven; fails with a [PeerException] when there was no answer, or
  ///   nonsense
  public Future<Contact> identify(String host, int port, Duration timeout) {
    Contact anybody = new Contact(new Key(0, 0, 0, 0), host, port);
    Nonce nonce = Nonce.fresh();
    return call(anybody, new DhtRequest.Ping(), nonce, timeout)
        .compose(body ->
            read(
                    anybody,
                    () -> {
                      Key id = JsonFields.of(body).key("id");
                      return new Contact(id, host, port);
                    })
                .compose(claimed -> proven(claimed, nonce, body).map(claimed)));
  }

  /// Closes all connections.
  public Future<Void> close() {
    return http.close();
  }

  private Future<Pong> ping(Contact to, Duration timeout) {
    Nonce nonce = Nonce.fresh();
    return call(to, new DhtRequest.Ping(), nonce, timeout).compose(body -> proven(to, nonce, body));
  }

  private Future<Pong> proven(Contact to, Nonce nonce, Buffer body) {
    return read(to, () -> Pong.of(body))
        .compose(pong -> {
          PongProof proof = new PongProof(network, nonce, to.id(), to.port(), pong.boot());
          return signatures
              .run(() -> proof.holds(pong.publicKey(), pong.signature()))
              .compose(holds ->
                  holds
                      ? Future.succeededFuture(pong)
                      : nonsense(to, "the pong does not prove the id " + to.id()));
        });
  }

  private Future<Buffer> call(Contact to, DhtRequest request, Nonce nonce, Duration timeout) {
    String path = "/dht/" + RequestJson.operation(request);
    return post(to, path, RequestJson.encode(network, self, request, nonce), timeout);
  }

  private Future<Buffer> post(Contact to, String path, Buffer body, Duration timeout) {
    RequestOptions options = Exchange.request(to, HttpMethod.POST, path, timeout);
    options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    return new Exchange<Buffer>(vertx, to, options)
        .run(http, body, timeout, response -> answer(to, path, response));
  }

  private static Future<Buffer> answer(Contact to, String path, HttpClientResponse response) {
    if (response.statusCode() == 200) {
      return Bodies.atMost(response, RESPONSE_BYTES_MAX);
    }
    int status = response.statusCode();
    PeerException.Kind kind =
        status == 503 ? PeerException.Kind.RETRYABLE : PeerException.Kind.PERMANENT;
    String what = "POST " + to.url() + path + ": HTTP " + status;
    return Bodies.atMost(response, RESPONSE_BYTES_MAX)
        .transform(body -> Future.failedFuture(new PeerException(to, kind, status, what)));
  }

  private static DhtResponse pong(Pong pong) {
    return new DhtResponse.Pong(pong.boot());
  }

  private static <T> Future<T> read(Contact from, java.util.function.Supplier<T> reader) {
    try {
      return Future.succeededFuture(reader.get());
    } catch (BadRequestException e) {
      return nonsense(from, e.getMessage());
    }
  }

  private static <T> Future<T> nonsense(Contact from, @Nullable String why) {
    return Future.failedFuture(
        new PeerException(from, PeerException.Kind.PERMANENT, 200, from.url() + ": " + why));
  }
}
