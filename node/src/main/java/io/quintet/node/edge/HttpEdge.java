package io.quintet.node.edge;

import io.quintet.node.service.ChunkService;
import io.quintet.node.service.DeletionService;
import io.quintet.node.service.ProofService;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The HTTP server of a node: one port, several event loops, one front door each.
public final class HttpEdge {
  private static final long STOP_POLL_MILLIS = 20;

  private final Vertx vertx;
  private final EdgeLimits limits;
  private final Admission connections;
  private final Admission bodies;
  private final Admission jsonBytes = new Admission(EdgeLimits.JSON_BYTES_IN_FLIGHT_MAX);
  private final Admission listeners = new Admission(EventRoutes.LISTENERS_MAX);
  private final ProofLimit proofLimit = new ProofLimit(System::nanoTime);
  private final HostRule hosts;
  private final List<HttpServer> servers = new ArrayList<>();

  /// @param allowedHosts names under which the node may be called besides its addresses
  public HttpEdge(Vertx vertx, EdgeLimits limits, Set<String> allowedHosts) {
    this.vertx = vertx;
    this.limits = limits;
    this.connections = new Admission(limits.connectionsMax());
    this.bodies = new Admission(limits.bodiesMax());
    this.hosts = new HostRule(allowedHosts);
  }

  /// What the routes call.
  ///
  /// @param control who may control the node, and what can be asked
  public record Services(Chunks chunks, DhtPort dht, NodeFacts facts, Control control) {}

  /// What can be done with chunks.
  public record Chunks(ChunkService store, ProofService proofs, DeletionService deletions) {}

  /// The control operations.
  ///
  /// @param adminToken what a caller must know
  /// @param calls by `operationId` of the contract, such as `audit`; an operation of the contract
  ///   that is missing here fails at start
  public record Control(String adminToken, Map<String, ControlCall> calls) {
    /// Keeps its own copy.
    public Control {
      calls = Map.copyOf(calls);
    }

    /// Keeps the token out of logs.
    @Override
    public String toString() {
      return "Control" + calls.keySet();
    }
  }

  /// Binds `host:port` and serves.
  ///
  /// @param port 0 for any
  /// @param eventLoops how many event loops share the port
  /// @return the bound port; fails with a [java.net.BindException] when the port is in use
  /// @throws IllegalStateException when the contract's operations are not those of `services`
  public Future<Integer> listen(String host, int port, int eventLoops, Services services) {
    Contract contract = Contract.load();
    // To Vert.x, servers with the same negative port share one free port.
    int shared = port == 0 ? -1 : port;
    Future<Integer> bound = serve(host, shared, contract, services);
    for (int i = 1; i < eventLoops; i++) {
      bound = bound.compose(actual -> serve(host, shared, contract, services).map(same -> actual));
    }
    return bound;
  }

  private Future<Integer> serve(String host, int port, Contract contract, Services services) {
    Router router = ContractRouter.of(vertx, contract.operations(), handlers(contract, services));
    // A context of its own: the server accepts its share of connections on that event loop.
    ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    Promise<Integer> bound = Promise.promise();
    context.runOnContext(go -> {
      FrontDoor door =
          new FrontDoor(limits, hosts, PathRule.of(contract.operations()), connections, router);
      HttpServer server =
          vertx
              .createHttpServer(options(host, port))
              .connectionHandler(door::connected)
              .invalidRequestHandler(door::invalid)
              .requestHandler(door);
      server
          .listen()
          .onSuccess(listening -> {
            synchronized (servers) {
              servers.add(listening);
            }
            bound.complete(listening.actualPort());
          })
          .onFailure(bound::fail);
    });
    return bound.future();
  }

  private static HttpServerOptions options(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setReuseAddress(true)
        .setReusePort(false)
        .setTcpNoDelay(true)
        .setAcceptBacklog(1_024)
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setMaxInitialLineLength(EdgeLimits.REQUEST_LINE_BYTES_MAX)
        .setMaxHeaderSize(EdgeLimits.HEADER_BYTES_MAX)
        .setMaxChunkSize(EdgeLimits.READ_BYTES_MAX)
        .setMaxWebSocketFrameSize(EdgeLimits.WEBSOCKET_BYTES_MAX)
        .setMaxWebSocketMessageSize(EdgeLimits.WEBSOCKET_BYTES_MAX)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  private Map<String, Handler<RoutingContext>> handlers(Contract contract, Services services) {
    Chunks chunks = services.chunks();
    ChunkRoutes chunk = new ChunkRoutes(chunks.store(), chunks.deletions(), bodies);
    JsonCalls json = new JsonCalls(jsonBytes);
    DhtRoutes dht = new DhtRoutes(services.dht(), json);
    ProofRoutes proof = new ProofRoutes(chunks.proofs(), json, proofLimit);
    NodeRoutes node = new NodeRoutes(services.facts(), contract.bytes());
    Map<String, Handler<RoutingContext>> handlers = new HashMap<>();
    handlers.put("putChunk", chunk::put);
    handlers.put("getChunk", chunk::get);
    handlers.put("headChunk", chunk::get);
    handlers.put("deleteChunk", chunk::delete);
    handlers.put("listChunks", chunk::list);
    handlers.put("proveChunk", proof::prove);
    handlers.put("ping", call -> dht.call(call, "ping", EdgeLimits.JSON_BYTES_MAX));
    handlers.put("find_node", call -> dht.call(call, "find_node", EdgeLimits.JSON_BYTES_MAX));
    handlers.put(
        "find_value", call -> dht.call(call, "find_value", EdgeLimits.JSON_BATCH_BYTES_MAX));
    handlers.put("store", call -> dht.call(call, "store", EdgeLimits.JSON_BATCH_BYTES_MAX));
    ControlRoutes control =
        new ControlRoutes(new ControlGuard(services.control().adminToken()), json);
    services
        .control()
        .calls()
        .forEach(
            (operation, call) -> handlers.put(operation, routing -> control.call(routing, call)));
    handlers.put("events", new EventRoutes(vertx, services.facts(), listeners)::listen);
    handlers.put("status", node::status);
    handlers.put("live", node::live);
    handlers.put("ready", node::ready);
    handlers.put("metrics", node::metrics);
    handlers.put("openapi", node::openapi);
    return handlers;
  }

  /// How many chunk bodies are being taken in.
  public int bodiesInFlight() {
    return bodies.taken();
  }

  /// How many connections are open.
  public int connections() {
    return connections.taken();
  }

  /// Waits for the bodies in flight, at most [EdgeLimits#stopTime], then closes every connection.
  public Future<Void> close() {
    Promise<Void> quiet = Promise.promise();
    awaitQuiet(System.nanoTime() + limits.stopTime().toNanos(), quiet);
    return quiet.future().compose(done -> closeServers());
  }

  private void awaitQuiet(long deadlineNanos, Promise<Void> quiet) {
    if (bodies.taken() == 0 || System.nanoTime() - deadlineNanos >= 0) {
      quiet.complete();
      return;
    }
    vertx.setTimer(STOP_POLL_MILLIS, timer -> awaitQuiet(deadlineNanos, quiet));
  }

  private Future<Void> closeServers() {
    List<Future<Void>> closing;
    synchronized (servers) {
      closing = servers.stream().map(HttpServer::close).toList();
    }
    return Future.join(closing).mapEmpty();
  }
}
