package io.quintet.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quintet.node.edge.ControlCall;
import io.quintet.node.home.DataDirectory;
import io.quintet.node.peer.Peers;
import io.quintet.node.service.Announcer;
import io.quintet.node.service.HealService;
import io.quintet.node.service.PlaceKeeper;
import io.quintet.node.service.ScrubService;
import io.quintet.node.service.replicas.Ground;
import io.quintet.node.service.replicas.ReplicaUpkeep;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.WorkRunner;
import io.quintet.node.work.WorkState;
import io.quintet.node.work.Worker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The long work of one node: its workers, and what `/status`, `/metrics` and the control calls see
/// of them.
final class NodeWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeWork.class);

  /// As many steps at once as a small machine can bear beside its requests; most of them wait for
  /// other nodes.
  private static final int STEPS_AT_ONCE = 6;

  private static final int MISSING_MAX = 10_000;

  private final MonotonicTime time = MonotonicTime.system();
  private final WorkRunner runner = new WorkRunner(time, STEPS_AT_ONCE);
  private final MeterRegistry metrics;
  private final ScrubService scrub;
  private final HealService heal;
  private final ReplicaUpkeep replicas;
  private final List<Worker> added = new ArrayList<>();
  private final Map<String, ControlCall> addedCalls = new HashMap<>();

  NodeWork(
      DataDirectory home,
      ChunkStore store,
      Announcer announcer,
      Supplier<Peers> peers,
      MeterRegistry metrics,
      NodeConfig config) {
    this.metrics = metrics;
    this.scrub = new ScrubService(store, places(home, "scrub"), System::currentTimeMillis, time);
    this.heal = new HealService(store, peers.get(), announcer, time);
    this.replicas =
        new ReplicaUpkeep(
            new Ground(peers.get(), store, time), config.upkeep(), place(config), runner);
    store.whenLost(id -> {
      heal.lost(id);
      runner.wake(heal.name());
    });
    store.missing(MISSING_MAX).forEach(heal::fetchAgain);
  }

  /// More work, to be started with the rest, and the control call that belongs to it.
  void add(Worker worker, String operation, ControlCall call) {
    added.add(worker);
    addedCalls.put(operation, call);
  }

  /// More work, to be started with the rest.
  void add(Worker worker) {
    added.add(worker);
  }

  /// Ends the pause of the worker of that name.
  void wake(String name) {
    runner.wake(name);
  }

  /// What `journal` keeps for the work `name`.
  static PlaceKeeper places(DataDirectory home, String name) {
    return new PlaceKeeper() {
      @Override
      public Optional<String> load() {
        return home.loadPlace(name);
      }

      @Override
      public void save(String text) throws IOException {
        home.savePlace(name, text);
      }
    };
  }

  /// Starts the workers; the node has joined the network.
  void start() {
    start(heal);
    start(scrub);
    replicas.workers().forEach(this::start);
    added.forEach(this::start);
  }

  /// What this node shares with others that may fail together, spelt as others spell it.
  private static String place(NodeConfig config) {
    String host = config.http().advertisedHost(config.network());
    return config.labels().isEmpty()
        ? host == null ? "" : host
        : new TreeMap<>(config.labels()).toString();
  }

  /// What `/status` says about the replicas of this node's chunks.
  JsonObject replicas() {
    return ReplicaJson.of(replicas.replicas());
  }

  private void start(Worker worker) {
    runner.start(worker);
    for (String figure : worker.figures().keySet()) {
      Gauge.builder(
              "quintet." + worker.name() + "." + dotted(figure),
              worker,
              each -> each.figures().getOrDefault(figure, 0).doubleValue())
          .description("Figure of the " + worker.name() + " work, as in /status")
          .register(metrics);
    }
  }

  private static String dotted(String camelCase) {
    return camelCase.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
  }

  /// What is said of the workers in `/status`: an object by name.
  JsonObject status() {
    JsonObject all = new JsonObject();
    for (WorkState state : runner.states()) {
      JsonObject one =
          new JsonObject()
              .put("phase", state.phase().name().toLowerCase(Locale.ROOT))
              .put("steps", state.steps())
              .put("failures", state.failures());
      state.figures().forEach(one::put);
      all.put(state.name(), one);
    }
    return all;
  }

  /// The control calls, by operation of the contract.
  Map<String, ControlCall> calls() {
    Map<String, ControlCall> all = new HashMap<>(addedCalls);
    all.putAll(ownCalls());
    return all;
  }

  private Map<String, ControlCall> ownCalls() {
    return Map.of(
        "scrub",
        body -> {
          scrub.askForPass();
          runner.wake(scrub.name());
          return Future.succeededFuture(
              new ControlCall.Answer(202, new JsonObject().put("scrub", "started")));
        },
        "audit",
        body ->
            Future.succeededFuture(
                new ControlCall.Answer(
                    202,
                    new JsonObject().put("audit", "started").put("pass", replicas.auditNow()))));
  }

  /// Ends all work, a bounded time, and saves what outlives the process.
  @Override
  public void close() {
    runner.close();
    try {
      scrub.savePlace();
    } catch (IOException e) {
      LOG.warn("the scrub's place cannot be saved; it reads a little more next time", e);
    }
  }
}
