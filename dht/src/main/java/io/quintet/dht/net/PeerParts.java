package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.net.rpc.DhtRpcClient;
import io.quintet.dht.net.rpc.DhtRpcServer;
import io.quintet.dht.net.rpc.SelfDescription;
import io.quintet.dht.net.rpc.Signatures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What a [DhtPeer] is made of, but for its sockets.
///
/// @param server null for a client
record PeerParts(
    DhtOptions options,
    Signatures signatures,
    DhtRpcClient rpc,
    EngineLoop loop,
    Seeking seeking,
    @Nullable DhtRpcServer server) {
  private static final AtomicLong MADE = new AtomicLong();

  static PeerParts ofNode(Vertx vertx, NodeOptions node, Contact self, DhtOptions options) {
    NodeIdentity identity = node.identity();
    AdvertisedAddress elsewhere = node.elsewhere();
    SelfDescription description =
        new SelfDescription(
            self.id(), self.port(), node.boot(), elsewhere == null ? null : elsewhere.host());
    DeletedChunks deleted = node.deleted();
    Signatures signatures = signatures(vertx);
    DhtRpcClient rpc =
        new DhtRpcClient(vertx, options.network(), description, identity, signatures);
    EngineLoop loop = new EngineLoop(vertx, self, options.config(), rpc, deleted::told);
    Seeking seeking = new Seeking(options, self.id(), loop, rpc);
    DhtRpcServer server =
        new DhtRpcServer(
            options.network(),
            options.config().keysPerCallMax(),
            identity,
            description,
            signatures,
            new DhtRpcServer.Behind(loop::asked, deleted));
    return new PeerParts(options, signatures, rpc, loop, seeking, server);
  }

  static PeerParts ofClient(Vertx vertx, DhtOptions options) {
    Signatures signatures = signatures(vertx);
    DhtRpcClient rpc = new DhtRpcClient(vertx, options.network(), signatures);
    EngineLoop loop = new EngineLoop(vertx, null, options.config(), rpc, told -> {});
    Seeking seeking = new Seeking(options, null, loop, rpc);
    return new PeerParts(options, signatures, rpc, loop, seeking, null);
  }

  /// Stops calls and signatures.
  Future<Void> close() {
    return rpc.close().eventually(signatures::close);
  }

  private static Signatures signatures(Vertx vertx) {
    return new Signatures(vertx, "quintet-signatures-" + MADE.incrementAndGet());
  }
}
