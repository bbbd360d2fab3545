package io.quintet.dht.net.rpc;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.quintet.dht.net.LiteralAddress;
import io.quintet.dht.net.NodeIdentity;
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
  private final @Nullable NodeIdentity identity;
  private final Signatures signatures;
  private final HttpClient http;

  /// A client's calls.
  public DhtRpcClient(Vertx vertx, String network, Signatures signatures) {
    this(vertx, network, null, null, signatures);
  }

  /// @param self null for a client
  /// @param identity signs stores when others reach this node elsewhere; null for a client
  public DhtRpcClient(
      Vertx vertx,
      String network,
      @Nullable SelfDescription self,
      @Nullable NodeIdentity identity,
      Signatures signatures) {
    this.vertx = vertx;
    this.network = network;
    this.self = self;
    this.identity = identity;
    this.signatures = signatures;
    this.http = HttpClients.make(vertx, POOL);
  }

  /// Asks `to`. A pong comes back only when it proves the id of `to`.
  ///
  /// @return fails with a [PeerException] when there was no answer, or nonsense
  public Future<DhtResponse> ask(Contact to, DhtRequest request, Duration timeout) {
    return switch (request) {
      case DhtRequest.Ping _ -> ping(to, timeout).map(DhtRpcClient::pong);
      case DhtRequest.FindNode _,
          DhtRequest.FindValue _,
          DhtRequest.Store _,
          DhtRequest.Withdraw _ ->
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
  /// @return the contact, proven, at the address where it says that others reach it: that it is
  ///   reached there is not proven yet; fails with a [PeerException] when there was no answer, or
  ///   nonsense
  public Future<Contact> identify(String host, int port, Duration timeout) {
    Contact anybody = new Contact(new Key(0, 0, 0, 0), host, port);
    Nonce nonce = Nonce.fresh();
    return call(anybody, new DhtRequest.Ping(), nonce, timeout)
        .compose(body ->
            read(anybody, () -> advertised(JsonFields.of(body), host, port))
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
    return body(to, request, nonce).compose(body -> post(to, path, body, timeout));
  }

  private Future<Buffer> post(Contact to, String path, Buffer body, Duration timeout) {
    RequestOptions options = Exchange.request(to, HttpMethod.POST, path, timeout);
    options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    return new Exchange<Buffer>(vertx, to, options)
        .run(http, body, timeout, response -> answer(to, path, response));
  }

  private Future<Buffer> body(Contact to, DhtRequest request, Nonce nonce) {
    SelfDescription me = self;
    NodeIdentity signer = identity;
    byte[] message = me == null ? null : toBeSigned(to, request, me);
    if (me == null || signer == null || message == null) {
      return Future.succeededFuture(RequestJson.encode(network, me, request, nonce));
    }
    return signatures
        .run(() -> new RequestJson.SignedStore(signer.publicKey(), signer.sign(message)))
        .map(signed -> RequestJson.encode(network, me, request, nonce, signed));
  }

  private byte @Nullable [] toBeSigned(Contact to, DhtRequest request, SelfDescription me) {
    return switch (request) {
      case DhtRequest.Store(List<Key> keys) -> {
        String host = me.host();
        yield host == null
            ? null
            : new StoreProof(network, to.id(), new Contact(me.id(), host, me.port()), keys)
                .message();
      }
      case DhtRequest.Withdraw(Key provider) ->
          new WithdrawalProof(network, to.id(), provider).message();
      case DhtRequest.Ping _, DhtRequest.FindNode _, DhtRequest.FindValue _ -> null;
    };
  }

  private static Contact advertised(JsonFields pong, String host, int port) {
    Key id = pong.key("id");
    if (!pong.has("host")) {
      return new Contact(id, host, port);
    }
    String elsewhere = pong.text("host", 45);
    if (!LiteralAddress.isUnicast(elsewhere) || !LiteralAddress.isTellable(elsewhere, host)) {
      throw pong.refuse("host", "a literal IP address of one machine");
    }
    return new Contact(id, elsewhere, (int) pong.integer("port", 1, 65_535));
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
