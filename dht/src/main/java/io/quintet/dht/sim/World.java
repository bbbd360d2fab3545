package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtEffect;
import io.quintet.dht.engine.DhtEngine;
import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A network of engines in virtual time: nodes, the messages between them, and what is to come.
///
/// There is one heap of events for all nodes and at most one valid wake-up per node in it; nothing
/// ever scans the nodes. The trace hash rolls over every event in the order of its execution.
public final class World {
  private record Waiting(int asker, int askerBoot, long rpcId, int answerer) {}

  private static final long NEXT_HINT_MILLIS = 3_000;
  private static final int HINTS_MAX = 6;

  private final long seed;
  private final DhtConfig config;
  private final Invariants invariants;
  private final EventWheel future = new EventWheel();
  private final List<SimNode> nodes = new ArrayList<>();
  private final Map<Key, Integer> indexes = new LinkedHashMap<>();
  private final LiveNodes live = new LiveNodes();
  private final Map<Long, Waiting> heldRequests = new LinkedHashMap<>();
  private final Map<Long, Consumer<DhtEffect>> queries = new LinkedHashMap<>();
  private Weather weather = Weather.ordinary();
  private Partition partition = Partition.NONE;
  private long now;
  private long events;
  private long messages;
  private long requests;
  private long traceHash;
  private long nextRequestId;
  private long nextQueryId;
  private SimEvent.@Nullable Request current;
  private long currentId;

  /// An empty network.
  ///
  /// @param seed of every random fact
  /// @param replay how a person repeats this run, for failure messages
  public World(DhtConfig config, long seed, String replay) {
    this.config = config;
    this.seed = seed;
    this.invariants = new Invariants(config, replay);
    this.traceHash = Mix.of(seed);
  }

  /// Changes what the network does to messages from now on.
  public void weather(Weather next) {
    weather = next;
  }

  /// Changes which messages pass from now on.
  public void partition(Partition next) {
    partition = next;
  }

  /// Starts another node, with an id and an address of its own.
  ///
  /// @param known whom it has heard of; null for the first
  /// @return its number
  public int start(@Nullable Contact known) {
    int index = nodes.size();
    SplittableRandom random = new SplittableRandom(Mix.of(seed, index));
    String host = "10." + (index >> 16 & 255) + "." + (index >> 8 & 255) + "." + (index & 255);
    SimNode node = new SimNode(index, new Contact(Key.random(random), host, 8_000));
    nodes.add(node);
    indexes.put(node.contact.id(), index);
    boot(node, known);
    return index;
  }

  /// Starts a node that crashed again, with its id and address but without what it knew.
  public void restart(int index, @Nullable Contact known) {
    SimNode node = nodes.get(index);
    if (node.engine == null) {
      boot(node, known);
    }
  }

  /// Ends a node without a word.
  public void crash(int index) {
    SimNode node = nodes.get(index);
    if (node.engine != null) {
      node.engine = null;
      node.wakeAt = Long.MAX_VALUE;
      live.remove(node.contact);
    }
  }

  /// Hands `event` to a node that runs; without effect on others.
  public void tell(int index, DhtEvent event) {
    SimNode node = nodes.get(index);
    if (node.engine != null) {
      handle(node, event);
    }
  }

  /// Lets a node search for the nodes closest to `target`.
  public void findNodes(int index, Key target, int paths, Consumer<DhtEffect> then) {
    long queryId = nextQueryId++;
    queries.put(queryId, then);
    tell(index, new DhtEvent.FindNodes(queryId, target, paths));
  }

  /// Lets a node search for the providers of `keys`.
  public void findProviders(int index, List<Key> keys, Consumer<DhtEffect> then) {
    long queryId = nextQueryId++;
    queries.put(queryId, then);
    tell(index, new DhtEvent.FindProviders(queryId, keys, 1));
  }

  /// Does `action` at a time.
  public void at(long time, Runnable action) {
    future.add(Math.max(time, now), new SimEvent.Act(action));
  }

  /// Runs everything that happens until `time`, which is the time afterwards.
  public void runUntil(long time) {
    for (SimEvent event = future.poll(time); event != null; event = future.poll(time)) {
      now = future.now();
      execute(event);
    }
    now = Math.max(now, time);
  }

  /// Virtual milliseconds since the beginning.
  public long now() {
    return now;
  }

  /// Events that were executed.
  public long events() {
    return events;
  }

  /// Messages that were sent.
  public long messages() {
    return messages;
  }

  /// Requests among them.
  public long requests() {
    return requests;
  }

  /// The witness of the whole history: equal for equal seeds alone.
  public long traceHash() {
    return traceHash;
  }

  /// Queries that were not answered yet.
  public int queriesOpen() {
    return queries.size();
  }

  /// Nodes that were ever started, dead ones included.
  public int nodeCount() {
    return nodes.size();
  }

  /// Nodes that run.
  public int liveCount() {
    return live.size();
  }

  /// The contact of the node with this place in the key order of those that run.
  public Contact liveContact(int place) {
    return live.get(place);
  }

  /// The number of the node with this id.
  ///
  /// @throws IllegalArgumentException when there never was one
  public int indexOf(Key id) {
    Integer index = indexes.get(id);
    if (index == null) {
      throw new IllegalArgumentException("no node " + id);
    }
    return index;
  }

  /// The contact of the node with this number.
  public Contact contact(int index) {
    return nodes.get(index).contact;
  }

  /// Whether the node with this number runs.
  public boolean runs(int index) {
    return nodes.get(index).engine != null;
  }

  /// The nodes that run and are truly closest to `target`, nearest first.
  public List<Contact> trulyClosest(Key target, int count) {
    return live.closest(target, count);
  }

  /// Since when the node with this number runs, in virtual milliseconds.
  public long runsSince(int index) {
    return nodes.get(index).joinedAt;
  }

  /// Whom a node knows; empty when it does not run.
  public List<Contact> membersOf(int index) {
    DhtEngine engine = nodes.get(index).engine;
    return engine == null ? List.of() : engine.members();
  }

  private void boot(SimNode node, @Nullable Contact known) {
    node.boot++;
    node.joinedAt = now;
    long engineSeed = Mix.of(seed, node.index, node.boot);
    node.engine = new DhtEngine(node.contact, config, engineSeed);
    live.add(node.contact);
    if (known != null) {
      handle(node, new DhtEvent.Hint(known));
      hintLater(node, known, 1);
    }
  }

  /// Production hears beacons and asks bootstrap addresses again and again. Otherwise a node whose
  /// pings of its first contact were all lost, and those that it was the first contact of, would be
  /// a network of their own.
  private void hintLater(SimNode node, Contact known, int sent) {
    int boot = node.boot;
    at(
        now + NEXT_HINT_MILLIS,
        () -> {
          List<Contact> members = membersOf(node.index);
          boolean alone = members.isEmpty();
          boolean runs = node.engine != null && node.boot == boot;
          if (runs && (alone || (sent < HINTS_MAX && !members.contains(known)))) {
            Contact next = runs(indexOf(known.id())) ? known : anotherFor(node, known);
            tell(node.index, new DhtEvent.Hint(next));
            hintLater(node, next, sent + 1);
          }
        });
  }

  private Contact anotherFor(SimNode node, Contact known) {
    return live.size() == 0
        ? known
        : live.get((int) Math.floorMod(Mix.of(seed, node.index, now), (long) live.size()));
  }

  private void execute(SimEvent event) {
    events++;
    switch (event) {
      case SimEvent.Request request -> {
        trace(1, request.from(), request.rpcId());
        deliver(request);
      }
      case SimEvent.Response response -> {
        trace(2, response.to(), response.rpcId());
        SimNode node = nodes.get(response.to());
        if (node.engine != null && node.boot == response.toBoot()) {
          handle(node, new DhtEvent.Answered(response.rpcId(), response.response()));
        }
      }
      case SimEvent.Wake(int index) -> {
        SimNode node = nodes.get(index);
        if (node.wakeAt == now) {
          trace(3, index, now);
          node.wakeAt = Long.MAX_VALUE;
          handle(node, new DhtEvent.Wakeup());
        }
      }
      case SimEvent.Act(Runnable action) -> action.run();
    }
  }

  private void deliver(SimEvent.Request request) {
    SimNode node = nodes.get(request.receiver());
    if (node.engine == null || !node.contact.equals(request.to())) {
      return;
    }
    current = request;
    currentId = nextRequestId++;
    Contact from = nodes.get(request.from()).contact;
    handle(node, new DhtEvent.Asked(currentId, from, request.request()));
    if (current != null) {
      Waiting waiting =
          new Waiting(request.from(), request.fromBoot(), request.rpcId(), node.index);
      heldRequests.put(currentId, waiting);
      current = null;
    }
  }

  private void handle(SimNode node, DhtEvent event) {
    DhtEngine engine = node.engine;
    if (engine == null) {
      return;
    }
    engine.handle(now, event, effect -> carryOut(node, effect));
    invariants.afterEvent(node, now, events);
    long wakeup = Math.max(engine.nextWakeup(), now + 1);
    if (wakeup < node.wakeAt) {
      node.wakeAt = wakeup;
      future.add(wakeup, new SimEvent.Wake(node.index));
    }
  }

  private void carryOut(SimNode node, DhtEffect effect) {
    switch (effect) {
      case DhtEffect.Ask(long rpcId, Contact to, DhtRequest request, long _) -> {
        requests++;
        Integer index = indexes.get(to.id());
        int receiver = index == null ? -1 : index;
        send(
            node.index,
            receiver,
            new SimEvent.Request(node.index, node.boot, rpcId, receiver, to, request));
      }
      case DhtEffect.Reply(long requestId, DhtResponse response) ->
          answer(node, requestId, response);
      case DhtEffect.NodesFound found -> answered(found.queryId(), found);
      case DhtEffect.ProvidersFound found -> answered(found.queryId(), found);
      case DhtEffect.Joined(Contact contact) -> invariants.joined(node, contact, indexes);
      case DhtEffect.Left _ -> {}
    }
  }

  private void answered(long queryId, DhtEffect effect) {
    Consumer<DhtEffect> then = queries.remove(queryId);
    invariants.answeredOnce(queryId, then);
    if (then != null) {
      then.accept(effect);
    }
  }

  private void answer(SimNode node, long requestId, DhtResponse response) {
    Waiting waiting = heldRequests.remove(requestId);
    SimEvent.Request asked = current;
    if (asked != null && requestId == currentId) {
      waiting = new Waiting(asked.from(), asked.fromBoot(), asked.rpcId(), node.index);
      current = null;
    }
    invariants.repliedOnce(requestId, waiting != null);
    if (waiting != null) {
      DhtResponse sent =
          response instanceof DhtResponse.Pong ? new DhtResponse.Pong(node.boot) : response;
      send(
          node.index,
          waiting.asker,
          new SimEvent.Response(waiting.asker, waiting.askerBoot, waiting.rpcId, sent));
    }
  }

  private void send(int from, int to, SimEvent message) {
    long number = messages++;
    if (to < 0 || !partition.passes(from, to, now)) {
      return;
    }
    long pair = Weather.pair(from, to);
    if (weather.loses(seed, pair, number)) {
      return;
    }
    future.add(now + weather.delayMillis(seed, pair, number), message);
    if (weather.doubles(seed, pair, number)) {
      future.add(now + weather.delayMillis(seed, pair, ~number), message);
    }
  }

  private void trace(int kind, int node, long number) {
    traceHash = Mix.of(traceHash ^ now, ((long) kind << 56) ^ ((long) node << 28), number);
  }
}
