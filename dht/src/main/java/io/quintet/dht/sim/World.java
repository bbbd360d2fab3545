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
  private final NodeIndex indexes = new NodeIndex(nodes);
  private final LiveNodes live = new LiveNodes();
  private final Map<Long, Waiting> heldRequests = new LinkedHashMap<>();
  private final Map<Long, Consumer<DhtEffect>> queries = new LinkedHashMap<>();
  private final Network network;
  private @Nullable Trace trace;
  private Watcher watcher = new Watcher() {};
  private long now;
  private long events;
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
    this.network = new Network(seed, future);
    this.invariants = new Invariants(config, replay);
    this.traceHash = Mix.of(seed);
  }

  /// Changes what the network does to messages from now on.
  public void weather(Weather next) {
    network.weather(next);
  }

  /// Changes which messages pass from now on.
  public void partition(Partition next) {
    network.partition(next);
  }

  /// Writes every event to `next` from now on.
  public void trace(Trace next) {
    trace = next;
  }

  /// Shows what the engines do to `next` from now on.
  void watch(Watcher next) {
    watcher = next;
  }

  /// Starts another node, with an id and an address of its own.
  ///
  /// @param known whom it has heard of; null for the first
  /// @return its number
  public int start(@Nullable Contact known) {
    SimNode node = add(Key.random(new SplittableRandom(Mix.of(seed, nodes.size()))));
    boot(node);
    if (known != null) {
      handle(node, new DhtEvent.Hint(known));
      hintLater(node, known, 1);
    }
    return node.index;
  }

  /// Starts a node that crashed again, with its id and address but without what it knew.
  public void restart(int index, @Nullable Contact known) {
    SimNode node = nodes.get(index);
    if (node.engine == null && node.adversary == null) {
      boot(node);
      if (known != null) {
        handle(node, new DhtEvent.Hint(known));
        hintLater(node, known, 1);
      }
    }
  }

  /// Starts a node that crashed again, with its id, its address and the contacts that it had saved,
  /// none of which counts as alive before it answers.
  public void restartFromDisk(int index) {
    SimNode node = nodes.get(index);
    if (node.engine == null && node.adversary == null) {
      boot(node);
      node.saved.forEach(contact -> handle(node, new DhtEvent.Hint(contact)));
    }
  }

  /// Lets every message from and to a node take so much longer; 0 for no longer.
  public void slow(int index, int millis) {
    network.slow(index, millis);
  }

  /// Sets the monotonic clock of a node forward, as on a machine that slept: all that it waited for
  /// is due at once.
  public void jump(int index, long millis) {
    SimNode node = nodes.get(index);
    node.clockAhead += millis;
    handle(node, new DhtEvent.Wakeup());
  }

  /// Adds an adversary, which joins nothing by itself.
  ///
  /// @return its number
  int startAdversary(Key id, Adversaries hand) {
    SimNode node = add(id);
    node.adversary = hand;
    node.boot = 1;
    hand.add(node.contact);
    return node.index;
  }

  /// Lets an adversary call somebody; what is answered is nobody's.
  void call(int index, Contact to, DhtRequest request) {
    send(nodes.get(index), 0, to, request);
  }

  /// Starts `count` nodes at once, each knowing whom a node that joined long ago knows; see
  /// [FilledTables]. Only for an empty world.
  void populate(int count) {
    Contact[] contacts = new Contact[count];
    for (int i = 0; i < count; i++) {
      contacts[i] = add(Key.random(new SplittableRandom(Mix.of(seed, i)))).contact;
    }
    live.addAll(contacts);
    FilledTables tables = new FilledTables(live, config.k(), seed);
    // In key order, so that neighbours, who know nearly the same nodes, follow each other.
    for (int place = 0; place < count; place++) {
      SimNode node = nodes.get(indexOf(live.get(place).id()));
      node.boot = 1;
      node.joinedAt = now;
      DhtEngine engine = new DhtEngine(node.contact, config, Mix.of(seed, node.index, node.boot));
      FilledTables.Table table = tables.of(place);
      engine.settle(now, table.contacts(), table.prefixes());
      node.engine = engine;
      wakeLater(node, engine);
    }
  }

  private SimNode add(Key id) {
    int index = nodes.size();
    SimNode node = new SimNode(index, new Contact(id, NodeIndex.hostOf(index), 8_000));
    nodes.add(node);
    indexes.add(node);
    return node;
  }

  /// Ends a node without a word.
  public void crash(int index) {
    SimNode node = nodes.get(index);
    if (node.engine != null) {
      node.saved = node.engine.members();
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
  public void findProviders(int index, List<Key> keys, int paths, Consumer<DhtEffect> then) {
    long queryId = nextQueryId++;
    queries.put(queryId, then);
    tell(index, new DhtEvent.FindProviders(queryId, keys, paths));
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
    return network.messages();
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
    int index = indexes.find(id);
    if (index < 0) {
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

  /// The node with this number, to be looked at.
  SimNode node(int index) {
    return nodes.get(index);
  }

  /// Whom a node knows; empty when it does not run.
  public List<Contact> membersOf(int index) {
    DhtEngine engine = nodes.get(index).engine;
    return engine == null ? List.of() : engine.members();
  }

  /// Whether anything passes from one node to another now.
  boolean passes(int from, int to) {
    return network.passes(from, to, now);
  }

  /// The size of a node's routing table; 0 when it does not run.
  long routingBytesOf(int index) {
    DhtEngine engine = nodes.get(index).engine;
    return engine == null ? 0 : engine.routingBytes();
  }

  private void boot(SimNode node) {
    node.boot++;
    node.joinedAt = now;
    node.engine = new DhtEngine(node.contact, config, Mix.of(seed, node.index, node.boot));
    live.add(node.contact);
  }

  /// Production hears beacons and asks bootstrap addresses again and again. Otherwise a node whose
  /// pings of its first contact were lost, and those that it was first of, would be on their own.
  private void hintLater(SimNode node, Contact known, int sent) {
    int boot = node.boot;
    at(
        now + NEXT_HINT_MILLIS,
        () -> {
          List<Contact> members = membersOf(node.index);
          boolean wanted = members.isEmpty() || (sent < HINTS_MAX && !members.contains(known));
          if (wanted && node.engine != null && node.boot == boot) {
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
    if (trace != null) {
      String line = Trace.of(now, event);
      if (!line.isEmpty()) {
        trace.line(line);
      }
    }
    switch (event) {
      case SimEvent.Request request -> {
        roll(1, request.from(), request.rpcId());
        deliver(request);
      }
      case SimEvent.Response response -> {
        roll(2, response.to(), response.rpcId());
        SimNode node = nodes.get(response.to());
        if (node.engine != null && node.boot == response.toBoot()) {
          handle(node, new DhtEvent.Answered(response.rpcId(), response.response()));
        }
      }
      case SimEvent.Wake(int index) -> {
        SimNode node = nodes.get(index);
        if (node.wakeAt == now) {
          roll(3, index, now);
          node.wakeAt = Long.MAX_VALUE;
          handle(node, new DhtEvent.Wakeup());
        }
      }
      case SimEvent.Act(Runnable action) -> action.run();
    }
  }

  private void deliver(SimEvent.Request request) {
    SimNode node = nodes.get(request.receiver());
    if (node.adversary != null) {
      DhtResponse lie = node.adversary.answer(node, request.to(), request.request());
      if (lie != null) {
        network.send(
            node.index,
            request.from(),
            now,
            new SimEvent.Response(request.from(), request.fromBoot(), request.rpcId(), lie));
      }
      return;
    }
    if (node.engine == null || !node.contact.equals(request.to())) {
      return;
    }
    current = request;
    currentId = nextRequestId++;
    Contact from = nodes.get(request.from()).contact;
    handle(node, new DhtEvent.Asked(currentId, from, request.fromBoot(), request.request()));
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
    engine.handle(now + node.clockAhead, event, effect -> carryOut(node, effect));
    invariants.afterEvent(node, now, events);
    wakeLater(node, engine);
  }

  private void wakeLater(SimNode node, DhtEngine engine) {
    long wakeup = Math.max(engine.nextWakeup() - node.clockAhead, now + 1);
    if (wakeup < node.wakeAt) {
      node.wakeAt = wakeup;
      future.add(wakeup, new SimEvent.Wake(node.index));
    }
  }

  private void carryOut(SimNode node, DhtEffect effect) {
    switch (effect) {
      case DhtEffect.Ask(long rpcId, Contact to, DhtRequest request, long _) -> {
        watcher.asks(node.index, request);
        send(node, rpcId, to, request);
      }
      case DhtEffect.Reply(long requestId, DhtResponse response) ->
          answer(node, requestId, response);
      case DhtEffect.NodesFound found -> answered(found.queryId(), found);
      case DhtEffect.ProvidersFound found -> answered(found.queryId(), found);
      case DhtEffect.Joined(Contact contact) -> {
        int index = indexes.find(contact.id());
        invariants.joined(node, contact, index < 0 ? null : nodes.get(index).contact);
      }
      case DhtEffect.Left(Contact contact) -> watcher.left(node.index, contact, now);
      case DhtEffect.Silent(Contact contact) -> watcher.silent(node.index, contact);
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
      network.send(
          node.index,
          waiting.asker,
          now,
          new SimEvent.Response(waiting.asker, waiting.askerBoot, waiting.rpcId, sent));
    }
  }

  private void send(SimNode from, long rpcId, Contact to, DhtRequest request) {
    requests++;
    int receiver = indexes.at(to);
    network.send(
        from.index,
        receiver,
        now,
        new SimEvent.Request(from.index, from.boot, rpcId, receiver, to, request));
  }

  private void roll(int kind, int node, long number) {
    traceHash = Mix.of(traceHash ^ now, ((long) kind << 56) ^ ((long) node << 28), number);
  }
}
