package io.quintet.dht.net.rpc;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.quintet.dht.net.DeletedChunks;
import io.quintet.dht.net.NodeIdentity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The node's side of the Kademlia calls. An HTTP server mounts it at `POST /dht/{operation}`.
///
/// Safe to call from any thread.
public final class DhtRpcServer {
  private final String network;
  private final int keysMax;
  private final NodeIdentity identity;
  private final SelfDescription self;
  private final Signatures signatures;
  private final Questions questions;
  private final StoreCalls stores;

  /// What is behind the calls.
  ///
  /// @param questions the engine
  /// @param deleted what is known of deleted chunks
  public record Behind(Questions questions, DeletedChunks deleted) {}

  /// @param keysMax keys in one call
  public DhtRpcServer(
      String network,
      int keysMax,
      NodeIdentity identity,
      SelfDescription self,
      Signatures signatures,
      Behind behind) {
    this.network = network;
    this.keysMax = keysMax;
    this.identity = identity;
    this.self = self;
    this.signatures = signatures;
    this.questions = behind.questions();
    this.stores = new StoreCalls(behind.questions(), behind.deleted());
  }

  /// Answers one call. The future completes on the context of the caller, if it has one.
  ///
  /// @param operation `ping`, `find_node`, `find_value` or `store`
  /// @param body JSON that was not parsed yet; its size is bounded by the caller
  /// @param sourceHost the literal address that the connection came from
  /// @return the JSON answer; fails with a [BadRequestException] when the body is malformed or of
  ///   another network, and with a [java.util.concurrent.RejectedExecutionException] when the node
  ///   is too busy
  public Future<Buffer> handle(String operation, Buffer body, String sourceHost) {
    RequestJson.Incoming incoming;
    try {
      incoming = RequestJson.decode(operation, body, network, keysMax, sourceHost);
    } catch (BadRequestException e) {
      return Future.failedFuture(e);
    }
    Contact from = incoming.from();
    // A node that names this node's id is this node's own call, or a copy of its key: either way
    // it is not somebody to call back.
    Contact sender = from == null || from.id().equals(self.id()) ? null : from;
    Future<Buffer> answer =
        checked(incoming)
            .compose(holds ->
                incoming.request() instanceof DhtRequest.Store store
                    ? stores.answer(
                        new StoreCalls.Sender(sender, incoming.boot()),
                        store,
                        incoming.tombstones(),
                        sourceHost)
                    : answer(sender, incoming, new ResponseJson.Asker(sourceHost, self.id())));
    return onCallersContext(answer);
  }

  private Future<Buffer> answer(
      @Nullable Contact sender, RequestJson.Incoming incoming, ResponseJson.Asker asker) {
    return questions
        .ask(sender, incoming.boot(), incoming.request())
        .compose(response ->
            switch (response) {
              case DhtResponse.Pong _ -> pong(incoming.nonce());
              case DhtResponse.Nodes nodes ->
                  Future.succeededFuture(ResponseJson.nodes(nodes, asker));
              case DhtResponse.Values values ->
                  Future.succeededFuture(ResponseJson.values(asked(incoming), values, asker));
              case DhtResponse.Stored stored ->
                  Future.succeededFuture(ResponseJson.stored(stored, List.of()));
            });
  }

  private static List<Key> asked(RequestJson.Incoming incoming) {
    return incoming.request() instanceof DhtRequest.FindValue find ? find.keys() : List.of();
  }

  private Future<Void> checked(RequestJson.Incoming incoming) {
    RequestJson.SignedStore signed = incoming.proof();
    Contact from = incoming.from();
    if (signed == null) {
      return Future.succeededFuture();
    }
    return signatures
        .run(() ->
            switch (incoming.request()) {
              case DhtRequest.Store(List<Key> keys) ->
                  from != null
                      && new StoreProof(network, self.id(), from, keys)
                          .holds(signed.publicKey(), signed.signature());
              case DhtRequest.Withdraw(Key provider) ->
                  new WithdrawalProof(network, self.id(), provider)
                      .holds(signed.publicKey(), signed.signature());
              case DhtRequest.Ping _, DhtRequest.FindNode _, DhtRequest.FindValue _ -> false;
            })
        .compose(holds ->
            holds
                ? Future.succeededFuture()
                : Future.failedFuture(
                    new BadRequestException(
                        "$.from.signature", "another one", "the provider's own signature")));
  }

  private Future<Buffer> pong(@Nullable Nonce nonce) {
    if (nonce == null) {
      return Future.failedFuture(new IllegalStateException("a pong without a nonce"));
    }
    PongProof proof = new PongProof(network, nonce, self.id(), self.port(), self.boot());
    return signatures
        .run(() -> identity.sign(proof.message()))
        .map(signature -> ResponseJson.pong(self, identity.publicKey(), signature));
  }

  private static Future<Buffer> onCallersContext(Future<Buffer> answer) {
    Context caller = Vertx.currentContext();
    if (caller == null) {
      return answer;
    }
    Promise<Buffer> moved = Promise.promise();
    answer.onComplete(done -> caller.runOnContext(back -> moved.handle(done)));
    return moved.future();
  }
}
