package io.quintet.dht.net;

import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.LookupShape;
import io.quintet.dht.net.rpc.DhtRpcClient;
import io.quintet.dht.net.rpc.DhtRpcServer;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A process's part in a network: the engine, its calls over HTTP, its beacons over UDP. Safe to
/// call from any thread; everything inside happens on one Vert.x context.
public final class DhtPeer implements Dht {
  private static final int PATHS = 3;

  private final EngineLoop loop;
  private final PeerSockets sockets;
  private final Seeking seeking;
  private final @Nullable DhtRpcServer server;
  private final DhtRpcClient rpc;
  private final DhtOptions options;
  private volatile List<String> report = List.of();

  private DhtPeer(PeerParts parts, PeerSockets sockets) {
    this.loop = parts.loop();
    this.seeking = parts.seeking();
    this.server = parts.server();
    this.rpc = parts.rpc();
    this.options = parts.options();
    this.sockets = sockets;
  }

  /// Starts a node.
  ///
  /// @return fails when the UDP port cannot be bound
  public static Future<DhtPeer> startNode(Vertx vertx, NodeOptions node, DhtOptions options) {
    Contact self = node.contact(ownHost(options.interfaces()));
    PeerParts parts = PeerParts.ofNode(vertx, node, self, options);
    return start(parts, () -> PeerSockets.ofNode(vertx, parts, self, node));
  }

  /// Starts a client: it asks, but answers nothing and is nobody's contact. Sends no packet before
  /// it is asked something.
  public static Future<DhtPeer> startClient(Vertx vertx, DhtOptions options) {
    PeerParts parts = PeerParts.ofClient(vertx, options);
    return start(parts, () -> PeerSockets.ofClient(vertx, parts));
  }

  /// The node's side of the Kademlia calls, for the HTTP server to mount.
  ///
  /// @throws IllegalStateException on a client
  public DhtRpcServer rpc() {
    if (server == null) {
      throw new IllegalStateException("a client answers no calls");
    }
    return server;
  }

  /// Finds nodes by all paths at once: saved peers, beacons, bootstrap addresses, and lookups in
  /// what these bring.
  ///
  /// @param needed with fewer than these the search is patient: a busy node may answer late
  /// @param wanted enough, even if there are more
  /// @return live nodes, each of which answered; as soon as there are `wanted`, or nobody new turns
  ///   up, or at the limit: then maybe none
  public Future<List<Contact>> discover(int needed, int wanted, Duration limit) {
    return onContext(() -> sockets.discovery(seeking, needed, wanted).run(limit))
        .compose(run -> run)
        .eventually(() -> onContext(this::refreshReport));
  }

  @Override
  public Future<List<Contact>> closest(Key target) {
    return loop.findNodes(target, paths());
  }

  @Override
  public Future<Map<Key, List<Contact>>> providers(Collection<Key> keys) {
    return providers(List.copyOf(keys), DhtEvent.Patience.FOR_ALL);
  }

  @Override
  public Future<Map<Key, List<Contact>>> someProviders(Collection<Key> keys) {
    return providers(List.copyOf(keys), DhtEvent.Patience.UNTIL_LATE);
  }

  private Future<Map<Key, List<Contact>>> providers(List<Key> asked, DhtEvent.Patience patience) {
    int paths = paths();
    return loop.findProviders(asked, paths, patience)
        .compose(found -> paths == 1 ? Future.succeededFuture(found) : again(asked, found));
  }

  /// What nobody is said to have is searched once more on the most paths: somebody may be in the
  /// way.
  private Future<Map<Key, List<Contact>>> again(List<Key> asked, Map<Key, List<Contact>> found) {
    List<Key> missing =
        asked.stream().filter(key -> found.getOrDefault(key, List.of()).isEmpty()).toList();
    if (missing.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return loop.findProviders(missing, LookupShape.PATHS_MAX, DhtEvent.Patience.FOR_ALL)
        .map(more -> {
          Map<Key, List<Contact>> all = new LinkedHashMap<>(found);
          all.putAll(more);
          return all;
        });
  }

  @Override
  public Future<Map<Key, List<Contact>>> queryChunks(Collection<Key> keys) {
    List<Key> asked = List.copyOf(keys);
    return onContext(() -> sockets.inquiry().queryChunks(asked)).compose(answers -> answers);
  }

  /// How far the announcement of this node's chunks has come, to be kept for [#resumeRepublish].
  public Key republishCursor() {
    return loop.republishCursor();
  }

  /// Lets the announcement of this node's chunks go on where that of an earlier run stopped; before
  /// [#provide].
  public void resumeRepublish(Key cursor) {
    loop.post(new DhtEvent.Resume(cursor));
  }

  @Override
  public void provide(Collection<Key> keys) {
    loop.post(new DhtEvent.Provide(List.copyOf(keys)));
  }

  @Override
  public void unprovide(Collection<Key> keys) {
    loop.post(new DhtEvent.Unprovide(List.copyOf(keys)));
  }

  /// Takes all of this node's provider records back, for a node that leaves for good: nobody looks
  /// for its chunks here any more, or waits for it. Never fails for want of answers; who gives none
  /// forgets the records when they expire.
  ///
  /// @param self this node
  public Future<Void> withdraw(Key self) {
    return onContext(() -> new WithdrawalRun(loop, rpc, self, paths()).run()).compose(done -> done);
  }

  @Override
  public Future<List<BurialAnswer>> bury(Collection<Tombstone> tombstones) {
    List<Tombstone> copy = List.copyOf(tombstones);
    return onContext(() -> new BurialRun(loop, rpc, options, paths()).run(copy))
        .compose(answers -> answers);
  }

  @Override
  public Collection<Contact> members() {
    return loop.members();
  }

  @Override
  public List<String> discoveryReport() {
    return report;
  }

  @Override
  public Future<Void> close() {
    return onContext(sockets::close)
        .compose(closed -> closed)
        .eventually(loop::close)
        .eventually(sockets::closeCalls);
  }

  /// Disjoint paths cost calls, and protect only where a node cannot know everybody.
  private int paths() {
    return loop.members().size() > options.config().k() ? PATHS : 1;
  }

  private List<String> refreshReport() {
    report = sockets.report();
    return report;
  }

  private static Future<DhtPeer> start(PeerParts parts, Callable<Future<PeerSockets>> opening) {
    return onContext(parts.loop().context(), opening)
        .compose(open -> open)
        .map(sockets -> {
          DhtPeer peer = new DhtPeer(parts, sockets);
          sockets.whenSeeking(peer::refreshReport);
          peer.refreshReport();
          return peer;
        })
        .recover(cause -> parts.close().transform(closed -> Future.failedFuture(cause)));
  }

  private <T> Future<T> onContext(Callable<T> work) {
    return onContext(loop.context(), work);
  }

  private static <T> Future<T> onContext(Context context, Callable<T> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(hop -> {
      try {
        done.complete(work.call());
      } catch (Exception e) {
        done.fail(e);
      }
    });
    return done.future();
  }

  private static String ownHost(List<ChosenInterface> interfaces) {
    return interfaces.stream()
        .flatMap(each -> each.addresses().stream())
        .map(LocalAddress::address)
        .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
        .map(Inet4Address.class::cast)
        .findFirst()
        .map(Inet4Address::getHostAddress)
        .orElse("127.0.0.1");
  }
}
