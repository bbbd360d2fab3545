package io.quintet.dht.net;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtEffect;
import io.quintet.dht.engine.DhtEngine;
import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.Region;
import io.quintet.dht.net.rpc.DhtRpcClient;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Drives one [DhtEngine] on one Vert.x context: brings it events, carries out its effects, and
/// wakes it up. The context owns the engine and every field; the public calls hop onto it.
final class EngineLoop {
  private final Vertx vertx;
  private final Context context;
  private final DhtEngine engine;
  private final DhtRpcClient rpc;
  private final Consumer<List<Tombstone>> told;
  private final long startNanos = System.nanoTime();

  private final Queue<DhtEffect> effects = new ArrayDeque<>();
  private final Map<Long, Promise<DhtResponse>> requests = new HashMap<>();
  private final Map<Long, Promise<DhtEffect.NodesFound>> nodeQueries = new HashMap<>();
  private final Map<Long, Promise<Map<Key, List<Contact>>>> providerQueries = new HashMap<>();
  private long lastId;
  private long timer = -1;
  private long timerAt = Long.MAX_VALUE;
  private boolean closed;
  private Consumer<Contact> silent = contact -> {};

  /// The members after the last event, for every thread.
  private volatile List<Contact> members = List.of();

  /// See [DhtEngine#republishCursor], for every thread.
  private volatile Key republishCursor;

  /// @param told takes the tombstones that come back from announcements
  EngineLoop(
      Vertx vertx,
      @Nullable Contact self,
      DhtConfig config,
      DhtRpcClient rpc,
      Consumer<List<Tombstone>> told) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.engine = new DhtEngine(self, config, new SecureRandom().nextLong());
    this.republishCursor = engine.republishCursor();
    this.rpc = rpc;
    this.told = told;
  }

  /// Who tells others of members that were silent for too long; on the context.
  void whenSilent(Consumer<Contact> teller) {
    silent = teller;
  }

  /// The context that owns the engine.
  Context context() {
    return context;
  }

  /// The proven, live contacts, in key order.
  List<Contact> members() {
    return members;
  }

  /// How far the announcement of all own keys has come.
  Key republishCursor() {
    return republishCursor;
  }

  /// See [DhtEngine#ownAfter]; on the context.
  @Nullable Key ownAfter(@Nullable Key last) {
    return engine.ownAfter(last);
  }

  /// The same result, delivered on the context.
  <T> Future<T> onLoop(Future<T> elsewhere) {
    Promise<T> here = Promise.promise();
    elsewhere.onComplete(done -> context.runOnContext(hop -> here.handle(done)));
    return here.future();
  }

  /// Brings an event that nobody waits for.
  void post(DhtEvent event) {
    context.runOnContext(hop -> handle(event));
  }

  /// Answers a request of another process.
  Future<DhtResponse> asked(@Nullable Contact from, long boot, DhtRequest request) {
    return query(requests, id -> new DhtEvent.Asked(id, from, boot, request));
  }

  /// The closest responsive nodes.
  Future<List<Contact>> findNodes(Key target, int paths) {
    return lookUp(target, paths).map(DhtEffect.NodesFound::contacts);
  }

  /// The closest responsive nodes, and the part of the space all of whose nodes they are.
  Future<Region> findRegion(Key target, int paths) {
    return lookUp(target, paths)
        .map(found -> new Region(target, found.coveredBits(), found.contacts()));
  }

  private Future<DhtEffect.NodesFound> lookUp(Key target, int paths) {
    return query(nodeQueries, id -> new DhtEvent.FindNodes(id, target, paths));
  }

  /// The providers of each key.
  Future<Map<Key, List<Contact>>> findProviders(
      List<Key> keys, int paths, DhtEvent.Patience patience) {
    return query(providerQueries, id -> new DhtEvent.FindProviders(id, keys, paths, patience));
  }

  /// Handles nothing more; whoever waits gets a failure.
  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(hop -> {
      closed = true;
      vertx.cancelTimer(timer);
      fail(requests);
      fail(nodeQueries);
      fail(providerQueries);
      done.complete();
    });
    return done.future();
  }

  private <T> Future<T> query(Map<Long, Promise<T>> open, LongFunction<DhtEvent> event) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(hop -> {
      if (closed) {
        answer.fail(new IllegalStateException("closed"));
        return;
      }
      lastId++;
      open.put(lastId, answer);
      handle(event.apply(lastId));
    });
    return answer.future();
  }

  private static <T> void fail(Map<Long, Promise<T>> open) {
    List<Promise<T>> waiting = List.copyOf(open.values());
    open.clear();
    waiting.forEach(each -> each.tryFail(new IllegalStateException("closed")));
  }

  private void handle(DhtEvent event) {
    if (closed) {
      return;
    }
    engine.handle(nowMillis(), event, effects::add);
    boolean membersChanged = false;
    for (DhtEffect effect = effects.poll(); effect != null; effect = effects.poll()) {
      membersChanged |= effect instanceof DhtEffect.Joined || effect instanceof DhtEffect.Left;
      carryOut(effect);
    }
    republishCursor = engine.republishCursor();
    if (membersChanged) {
      members = List.copyOf(engine.members());
    }
    armTimer();
  }

  private void carryOut(DhtEffect effect) {
    switch (effect) {
      case DhtEffect.Ask(long id, Contact to, DhtRequest request, long timeoutMillis) ->
          ask(id, to, request, timeoutMillis);
      case DhtEffect.Reply(long id, DhtResponse response) ->
          complete(requests.remove(id), response);
      case DhtEffect.NodesFound found -> complete(nodeQueries.remove(found.queryId()), found);
      case DhtEffect.ProvidersFound found ->
          complete(providerQueries.remove(found.queryId()), found.providers());
      case DhtEffect.Joined _, DhtEffect.Left _ -> {}
      case DhtEffect.Silent(Contact contact) -> silent.accept(contact);
    }
  }

  private void ask(long id, Contact to, DhtRequest request, long timeoutMillis) {
    rpc.ask(to, request, Duration.ofMillis(timeoutMillis))
        .onComplete(
            response -> {
              tell(request, response);
              post(new DhtEvent.Answered(id, response));
            },
            failure -> post(new DhtEvent.Unanswered(id)));
  }

  /// Passes on what an announcement brought back, but nothing that was not asked for.
  private void tell(DhtRequest request, DhtResponse response) {
    if (request instanceof DhtRequest.Store(List<Key> keys)
        && response instanceof DhtResponse.Stored stored
        && !stored.tombstones().isEmpty()) {
      Set<Key> asked = new HashSet<>(keys);
      told.accept(stored.tombstones().stream().filter(each -> asked.contains(each.id())).toList());
    }
  }

  private static <T> void complete(@Nullable Promise<T> waiting, T answer) {
    if (waiting != null) {
      waiting.tryComplete(answer);
    }
  }

  /// Wakes the engine in time. A timer that turns out to be early stays: early wake-ups are
  /// harmless, and cancelling costs more.
  private void armTimer() {
    long wakeup = engine.nextWakeup();
    if (wakeup >= timerAt) {
      return;
    }
    vertx.cancelTimer(timer);
    timerAt = wakeup;
    timer = vertx.setTimer(Math.max(1, wakeup - nowMillis()), this::fired);
  }

  private void fired(long fired) {
    timerAt = Long.MAX_VALUE;
    handle(new DhtEvent.Wakeup());
  }

  private long nowMillis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }
}
