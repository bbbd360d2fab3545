package io.quintet.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quintet.dht.id.Key;
import io.quintet.node.edge.HttpEdge;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.home.DataDirectory;
import io.quintet.node.home.NodeStartException;
import io.quintet.node.peer.DhtMembership;
import io.quintet.node.peer.Membership;
import io.quintet.node.service.Announcer;
import io.quintet.node.service.ChunkService;
import io.quintet.node.service.DeletionService;
import io.quintet.node.service.ProofService;
import io.quintet.node.service.SpreadService;
import io.quintet.node.service.Workers;
import io.quintet.node.service.replicas.Ground;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.DiskChunkStore;
import io.quintet.node.store.StoreLimits;
import io.quintet.node.tombstone.TombstoneDesk;
import io.quintet.node.work.MonotonicTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Puts one node together and starts it: the only class that sees every room.
///
/// The order is a promise: lock, recover the store, open the HTTP port, join the network, announce
/// the chunks, and only then say that the node is there.
public final class NodeWiring {
  private static final int EVENT_LOOPS = 2;
  private static final int STORE_THREADS = 16;
  private static final long START_SECONDS_MAX = 60;

  private final NodeConfig config;
  private final MembershipFactory memberships;

  /// Makes a node's place in the network, not joined yet.
  interface MembershipFactory {
    Membership create(Vertx vertx, DataDirectory home, NodeConfig config, Inside inside)
        throws NodeStartException;
  }

  /// What the network asks of this node's chunks.
  ///
  /// @param holds whether this node has a chunk; does not block
  record Inside(Predicate<Key> holds, TombstoneDesk tombstones) {}

  NodeWiring(NodeConfig config, MembershipFactory memberships) {
    this.config = config;
    this.memberships = memberships;
  }

  /// A node as `config` says, on the real network.
  public static NodeWiring of(NodeConfig config) {
    return new NodeWiring(config, NodeWiring::dht);
  }

  /// Finishes what a node that has left for good was cut off from: removing its files.
  ///
  /// @return whether there was something to finish; then there is no node to start
  /// @throws NodeStartException when the directory is in use, or files cannot be removed
  public boolean finishDeparture() throws NodeStartException {
    if (!Files.isRegularFile(
        config.directory().resolve("work-" + Leaving.JOURNAL), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DataDirectory home = DataDirectory.open(config.directory())) {
      if (!Leaving.isUnfinished(home)) {
        return false;
      }
      RunningNode.removeFiles(home);
      return true;
    } catch (IOException e) {
      throw new NodeStartException(
          "this node has left its network, but its files cannot be removed ("
              + e.getMessage()
              + ")",
          "check the owner of " + config.directory() + ", and start it again",
          e);
    }
  }

  /// Starts a node; it runs until [RunningNode#stop].
  ///
  /// @throws NodeStartException when it cannot start, with nothing left running or locked
  public RunningNode start() throws NodeStartException {
    DataDirectory home = DataDirectory.open(config.directory());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx = vertx(metrics);
    try {
      return start(home, vertx, metrics);
    } catch (NodeStartException | RuntimeException e) {
      vertx.close();
      try {
        home.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private RunningNode start(DataDirectory home, Vertx vertx, PrometheusMeterRegistry metrics)
      throws NodeStartException {
    ChunkStore store = openStore(home);
    Workers workers =
        new Workers(vertx.createSharedWorkerExecutor("store", STORE_THREADS, 60, TimeUnit.SECONDS));
    LateAnnouncer announcer = new LateAnnouncer();
    ChunkService chunks = new ChunkService(store, workers, announcer);
    DeletionService deletions = new DeletionService(store, workers, announcer);
    Membership membership =
        memberships.create(vertx, home, config, new Inside(chunks::holds, deletions));
    announcer.membership = membership;
    Facts facts = new Facts(config, home.boot(), membership, store, metrics);
    HttpEdge edge = new HttpEdge(vertx, config.http().limits(), config.http().allowedHosts());
    facts.registerGauges(edge);
    ProofService proofs = new ProofService(membership.id(), store, workers);
    NodeWork work = new NodeWork(home, store, announcer, membership::peers, metrics, config);
    facts.working(work::status, work::replicas);
    Leaving leaving =
        new Leaving(
            NodeWork.places(home, Leaving.JOURNAL),
            new Ground(membership.peers(), store, MonotonicTime.system()),
            chunks,
            workers);
    facts.leaving(leaving::isLeaving);
    work.add(leaving.worker(() -> work.wake(Leaving.JOURNAL)), "unjoin", leaving::call);
    work.add(new SpreadService(store.tombstones(), membership::spread, MonotonicTime.system()));
    HttpEdge.Control control = new HttpEdge.Control(adminToken(home), work.calls());
    HttpEdge.Chunks edgeChunks = new HttpEdge.Chunks(chunks, proofs, deletions);
    int port = listen(edge, new HttpEdge.Services(edgeChunks, membership::handle, facts, control));
    facts.listening(url(port));
    await(membership.join(port), "join the network", "check --interface and --udp-port");
    announce(chunks);
    work.start();
    RunningNode node =
        new RunningNode(
            vertx, home, store, edge, membership, facts, new RunningNode.Tasks(work, leaving));
    try {
      home.announce(node.readyJson().encode() + "\n");
    } catch (IOException e) {
      throw new NodeStartException("cannot write node.json", "check the disk", e);
    }
    facts.ready(true);
    return node;
  }

  private static String adminToken(DataDirectory home) throws NodeStartException {
    try {
      return home.adminToken();
    } catch (IOException e) {
      throw new NodeStartException(
          "cannot read the admin token (" + e.getMessage() + ")",
          "check " + home.path().resolve("admin.token"),
          e);
    }
  }

  private static Membership dht(Vertx vertx, DataDirectory home, NodeConfig config, Inside inside)
      throws NodeStartException {
    NetworkSettings network = config.network();
    DhtMembership.Settings settings =
        new DhtMembership.Settings(
            network.name(),
            network.udpPort(),
            network.interfaces(),
            network.bootstrap(),
            home.keyFile(),
            home.path(),
            config.http().advertisedHost(network),
            home.boot(),
            inside.holds(),
            inside.tombstones(),
            config.http().elsewhere());
    try {
      return new DhtMembership(vertx, settings);
    } catch (IOException e) {
      throw new NodeStartException(
          "cannot use the node's key (" + e.getMessage() + ")",
          "restore " + home.keyFile() + " or start a new node: --data DIR",
          e);
    } catch (IllegalArgumentException e) {
      throw new NodeStartException(
          String.valueOf(e.getMessage()), "choose one of these: --interface NAME", e);
    }
  }

  private static Vertx vertx(PrometheusMeterRegistry metrics) {
    MicrometerMetricsOptions options =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setNettyMetricsEnabled(false)
            // Only what a stranger cannot choose may become a label.
            .setLabels(EnumSet.of(Label.HTTP_CODE))
            .setDisabledMetricsCategories(
                Set.of(
                    MetricsDomain.EVENT_BUS.toCategory(),
                    MetricsDomain.NAMED_POOLS.toCategory(),
                    MetricsDomain.HTTP_CLIENT.toCategory(),
                    MetricsDomain.DATAGRAM_SOCKET.toCategory()));
    return Vertx.builder()
        .with(
            new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS + 1)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setMetricsOptions(options)
                // With both off, Vert.x makes no directory in /tmp, which a kill would leave there.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)))
        .withMetrics(new MicrometerMetricsFactory(metrics))
        .build();
  }

  private ChunkStore openStore(DataDirectory home) throws NodeStartException {
    try {
      Long reserve = config.reserveBytes();
      long reserveBytes =
          reserve != null
              ? reserve
              : StoreLimits.defaultReserveBytes(Files.getFileStore(home.path()).getTotalSpace());
      return DiskChunkStore.open(
          home.path(),
          new StoreLimits(config.capacityBytes(), reserveBytes),
          home.stoppedCleanly());
    } catch (IOException e) {
      throw new NodeStartException(
          "cannot open the chunk store in " + home.path() + " (" + e.getMessage() + ")",
          "check the disk and the owner of the directory",
          e);
    }
  }

  private int listen(HttpEdge edge, HttpEdge.Services services) throws NodeStartException {
    String host = config.http().bindAddress(config.network());
    Integer exactly = config.http().port();
    int first = exactly == null ? HttpSettings.PORT_FIRST : exactly;
    int last = exactly == null ? HttpSettings.PORT_LAST : exactly;
    Exception inUse = null;
    for (int port = first; port <= last; port++) {
      try {
        return edge.listen(host, port, EVENT_LOOPS, services)
            .await(START_SECONDS_MAX, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        throw new NodeStartException("cannot open the port in time", "look at the log", e);
      } catch (Exception e) {
        inUse = e;
        if (!(e instanceof BindException)) {
          throw new NodeStartException(
              "cannot listen on " + host + ":" + port + " (" + e.getMessage() + ")",
              "choose an address of this machine: --bind ADDR",
              e);
        }
      }
    }
    throw new NodeStartException(
        first == last
            ? "port " + first + " on " + host + " is in use, or " + host + " is not this machine's"
            : "every port from " + first + " to " + last + " on " + host + " is in use",
        "choose another one: --port P (0: any free one)",
        Objects.requireNonNull(inUse));
  }

  private String url(int port) {
    String host = config.http().bindAddress(config.network());
    String named = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return "http://" + (named.indexOf(':') < 0 ? named : "[" + named + "]") + ":" + port;
  }

  private static void announce(ChunkService chunks) throws NodeStartException {
    try {
      chunks.announceAll();
    } catch (UncheckedIOException e) {
      throw new NodeStartException(
          "cannot announce the stored chunks (" + e.getCause() + ")", "start the node again", e);
    }
  }

  private static void await(Future<Void> step, String what, String advice)
      throws NodeStartException {
    try {
      step.await(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new NodeStartException("cannot " + what + " (" + e.getMessage() + ")", advice, e);
    }
  }

  /// Breaks the circle: the chunks are announced to the membership, which asks for the chunks.
  private static final class LateAnnouncer implements Announcer {
    private volatile @Nullable Membership membership;

    @Override
    public void provide(Collection<Key> keys) {
      Membership known = membership;
      if (known != null) {
        Failpoint.PUBLISH_BEGUN.pass();
        known.provide(keys);
        Failpoint.PUBLISH_HANDED_OVER.pass();
      }
    }

    @Override
    public void unprovide(Collection<Key> keys) {
      Membership known = membership;
      if (known != null) {
        Failpoint.WITHDRAW_BEGUN.pass();
        known.unprovide(keys);
        Failpoint.WITHDRAW_HANDED_OVER.pass();
      }
    }
  }
}
