package io.quintet.dht.net;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtConfigBuilder;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Nodes and clients of one network of its own on loopback, each with a tiny HTTP server; closed
/// all together.
final class Cluster implements AutoCloseable {
  static final long SECONDS_MAX = 20;

  final Vertx vertx = Vertx.vertx();
  final String network = "test-" + UUID.randomUUID().toString().substring(0, 8);
  final int udpPort;
  private final List<Runnable> closings = new ArrayList<>();

  Cluster() {
    try (DatagramSocket free = new DatagramSocket()) {
      udpPort = free.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free UDP port", e);
    }
  }

  /// A running node.
  record Node(
      NodeIdentity identity, DhtPeer peer, HttpServer server, Contact contact, Set<Key> held) {}

  /// The options of everybody in here: loopback only, quick to notice the dead.
  DhtOptions options() {
    return new DhtOptions(
        network, udpPort, Interfaces.choose(List.of("lo")), List.of(), List.of(), config());
  }

  static DhtConfig config() {
    return new DhtConfigBuilder().pingTimeoutMillis(500).pingRetryDelayMillis(100).build();
  }

  Node node() {
    return node(NodeIdentity.generate(), 1, options());
  }

  Node node(NodeIdentity identity, long boot, DhtOptions options) {
    return node(identity, boot, options, null);
  }

  /// A node behind a forwarded port: `host` with a port of its own leads to it.
  Node nodeBehind(String host, DhtOptions options) {
    return node(NodeIdentity.generate(), 1, options, host);
  }

  private Node node(
      NodeIdentity identity, long boot, DhtOptions options, @Nullable String forwardingHost) {
    List<DhtPeer> mounted = new CopyOnWriteArrayList<>();
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> serve(mounted, request))
                .listen(0, "127.0.0.1"));
    Set<Key> held = ConcurrentHashMap.newKeySet();
    int port = server.actualPort();
    AdvertisedAddress elsewhere = forwardingHost == null ? null : forward(forwardingHost, port);
    DhtPeer peer =
        await(
            DhtPeer.startNode(
                vertx,
                new NodeOptions(
                    identity, null, port, boot, held::contains, DeletedChunks.none(), elsewhere),
                options));
    mounted.add(peer);
    Contact contact =
        elsewhere == null
            ? new Contact(identity.id(), "127.0.0.1", port)
            : new Contact(identity.id(), elsewhere.host(), elsewhere.port());
    Node node = new Node(identity, peer, server, contact, held);
    closings.add(() -> stop(node));
    return node;
  }

  /// Another port that leads to `port`, as a router or a container's host has one.
  private AdvertisedAddress forward(String host, int port) {
    NetClient out = vertx.createNetClient();
    NetServer in =
        vertx
            .createNetServer()
            .connectHandler(caller -> {
              caller.pause();
              out.connect(port, "127.0.0.1")
                  .onSuccess(called -> {
                    called.pipeTo(caller);
                    caller.pipeTo(called);
                  })
                  .onFailure(cause -> caller.close());
            });
    int published = await(in.listen(0, host)).actualPort();
    closings.add(() -> await(in.close()));
    return AdvertisedAddress.parse("http://" + host + ":" + published);
  }

  List<Node> nodes(int count) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(node());
    }
    return nodes;
  }

  DhtPeer client() {
    return client(options());
  }

  DhtPeer client(DhtOptions options) {
    DhtPeer client = await(DhtPeer.startClient(vertx, options));
    closings.add(() -> await(client.close()));
    return client;
  }

  void stop(Node node) {
    await(node.peer().close());
    await(node.server().close());
  }

  /// Waits, a bounded time, for a result.
  static <T> T await(Future<T> future) {
    try {
      return future.await(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no result within " + SECONDS_MAX + " seconds", e);
    }
  }

  /// Waits, a bounded time, until something is true.
  void eventually(String what, BooleanSupplier truth) {
    Promise<Void> became = Promise.promise();
    long timer =
        vertx.setPeriodic(
            5,
            tick -> {
              if (truth.getAsBoolean()) {
                became.tryComplete();
              }
            });
    try {
      became.future().await(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within " + SECONDS_MAX + " seconds: " + what, e);
    } finally {
      vertx.cancelTimer(timer);
    }
  }

  /// Asks again and again, a bounded time, until the answer is as wanted.
  <T> void eventuallyGives(String what, Supplier<Future<T>> question, Predicate<T> wanted) {
    Promise<Void> became = Promise.promise();
    ask(question, wanted, became);
    try {
      became.future().await(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within " + SECONDS_MAX + " seconds: " + what, e);
    } finally {
      became.tryComplete();
    }
  }

  private <T> void ask(Supplier<Future<T>> question, Predicate<T> wanted, Promise<Void> became) {
    if (!became.future().isComplete()) {
      question
          .get()
          .onSuccess(answer -> {
            if (wanted.test(answer)) {
              became.tryComplete();
            } else {
              vertx.setTimer(5, fired -> ask(question, wanted, became));
            }
          })
          .onFailure(became::tryFail);
    }
  }

  @Override
  public void close() {
    closings.reversed().forEach(Runnable::run);
    await(vertx.close());
  }

  private static void serve(List<DhtPeer> mounted, HttpServerRequest request) {
    String path = Objects.requireNonNull(request.path());
    String operation = path.substring(path.lastIndexOf('/') + 1);
    String source = request.remoteAddress().hostAddress();
    request
        .body()
        .compose(body ->
            mounted.isEmpty()
                ? Future.failedFuture("not mounted yet")
                : mounted.getFirst().rpc().handle(operation, body, source))
        .onComplete(
            answer -> request.response().end(answer),
            cause ->
                request
                    .response()
                    .setStatusCode(cause instanceof BadRequestException ? 400 : 500)
                    .end());
  }
}
