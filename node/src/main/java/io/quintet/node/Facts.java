package io.quintet.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.AdvertisedAddress;
import io.quintet.node.edge.HttpEdge;
import io.quintet.node.edge.NodeFacts;
import io.quintet.node.peer.Membership;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreUsage;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// What a running node says about itself. Safe for many threads.
final class Facts implements NodeFacts {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final NodeConfig config;
  private final long boot;
  private final Membership membership;
  private final ChunkStore store;
  private final PrometheusMeterRegistry metrics;
  private final long startedNanos = System.nanoTime();
  private volatile String url = "";
  private volatile boolean ready;
  private volatile BooleanSupplier leaving = () -> false;
  private volatile IntSupplier uploads = () -> 0;
  private volatile Supplier<JsonObject> work = JsonObject::new;
  private volatile Supplier<JsonObject> replicas = JsonObject::new;

  Facts(
      NodeConfig config,
      long boot,
      Membership membership,
      ChunkStore store,
      PrometheusMeterRegistry metrics) {
    this.config = config;
    this.boot = boot;
    this.membership = membership;
    this.store = store;
    this.metrics = metrics;
  }

  /// @param whether the node leaves its network for good
  void leaving(BooleanSupplier whether) {
    leaving = whether;
  }

  void listening(String at) {
    url = at;
  }

  void ready(boolean now) {
    ready = now;
  }

  /// @param status what the node's long work says of itself
  /// @param replicasStatus how many chunks have how many replicas
  void working(Supplier<JsonObject> status, Supplier<JsonObject> replicasStatus) {
    work = status;
    replicas = replicasStatus;
  }

  String url() {
    return url;
  }

  Key id() {
    return membership.id();
  }

  NodeConfig config() {
    return config;
  }

  /// Figures of the node itself, beside those of Vert.x.
  void registerGauges(HttpEdge edge) {
    uploads = edge::bodiesInFlight;
    Gauge.builder("quintet.chunks", store, s -> s.usage().chunks())
        .description("Chunks stored")
        .register(metrics);
    Gauge.builder("quintet.chunk.bytes", store, s -> s.usage().bytes())
        .description("Bytes of all stored chunks")
        .register(metrics);
    Gauge.builder("quintet.free.bytes", store, s -> s.usage().freeBytes())
        .description("Bytes that would still be accepted")
        .register(metrics);
    Gauge.builder("quintet.volume.bad", store, s -> s.usage().volumeBad() ? 1 : 0)
        .description("1 after a failed sync")
        .register(metrics);
    Gauge.builder("quintet.tombstones", store, s -> s.tombstones().heldCount())
        .description("Chunks that were deleted here, for ever")
        .register(metrics);
    Gauge.builder("quintet.tombstones.foreign", store, s -> s.tombstones().foreignCount())
        .description("Tombstones of chunks that others hold")
        .register(metrics);
    Gauge.builder("quintet.members", membership, Membership::memberCount)
        .description("Live nodes in the routing table")
        .register(metrics);
    Gauge.builder("quintet.bodies.in.flight", edge, HttpEdge::bodiesInFlight)
        .description("Chunk bodies being received")
        .register(metrics);
    Gauge.builder("quintet.connections", edge, HttpEdge::connections)
        .description("Open HTTP connections")
        .register(metrics);
  }

  @Override
  public JsonObject status() {
    StoreUsage usage = store.usage();
    long capacity =
        usage.capacityBytes() == Long.MAX_VALUE
            ? usage.bytes() + usage.freeBytes()
            : usage.capacityBytes();
    JsonObject labels = new JsonObject();
    config.labels().forEach(labels::put);
    JsonObject status =
        new JsonObject()
            .put("id", membership.id().toString())
            .put("network", config.network().name())
            .put("url", url)
            .put("version", NodeVersion.CURRENT)
            .put("boot", boot)
            .put("uptimeSeconds", (System.nanoTime() - startedNanos) / NANOS_PER_SECOND)
            .put("chunks", usage.chunks())
            .put("bytes", usage.bytes())
            .put("capacityBytes", capacity)
            .put("freeBytes", leaving.getAsBoolean() ? 0 : usage.freeBytes())
            .put("uploads", uploads.getAsInt())
            .put("members", membership.memberCount())
            .put("tombstones", tombstones())
            .put("labels", labels)
            .put("volume", usage.volumeBad() ? "bad" : "ok")
            .put("replicas", replicas.get())
            .put("work", work.get())
            .put("leaving", leaving.getAsBoolean())
            .put("ready", ready());
    AdvertisedAddress advertised = config.http().elsewhere();
    return advertised == null ? status : status.put("advertised", advertised.url());
  }

  private JsonObject tombstones() {
    return new JsonObject()
        .put("held", store.tombstones().heldCount())
        .put("foreign", store.tombstones().foreignCount());
  }

  @Override
  public Collection<String> members() {
    return membership.peers().members().stream().map(each -> each.id().toString()).toList();
  }

  @Override
  public boolean ready() {
    return ready && !leaving.getAsBoolean() && !store.usage().volumeBad();
  }

  @Override
  public String metrics() {
    return metrics.scrape();
  }
}
