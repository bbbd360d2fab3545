package io.quintet.dht.engine;

import io.quintet.dht.engine.LookupJob.SearchJob;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.LookupEvent;
import io.quintet.dht.lookup.LookupStep;
import io.quintet.dht.lookup.ProviderSearch;
import io.quintet.dht.lookup.Region;
import io.quintet.dht.routing.RoutingTable;
import io.quintet.dht.upkeep.StoreBatch;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One node's, or one client's, part in the Kademlia network, as a function of time and events.
///
/// Feed it every event with the current monotonic time, carry out every effect, and call it with
/// [DhtEvent.Wakeup] at [#nextWakeup]; earlier calls are harmless. Every call can change the
/// wake-up. It never throws on what other nodes sent, does no IO, and given the same seed and
/// events produces the same effects. Not thread-safe: one thread, or one Vert.x context, owns it.
///
/// A client (without a contact of its own) searches but answers nothing, announces nothing and
/// never becomes a contact of others.
public final class DhtEngine {
  // Implementation: this class routes between the machines, which do not know each other: calls and
  // their deadlines (OpenCalls), lookups (LookupDesk), membership (Membership: routing table,
  // proofs,
  // probes), what others are told (Answers), upkeep (Upkeep). After each event whatever is due is
  // done in a fixed order.

  /// How many times as long as usual is waited for answers at most, when all take long.
  private static final int PATIENCE_MAX = 4;

  private final DhtConfig config;
  private final RoundTrips roundTrips = new RoundTrips();
  private final OpenCalls calls = new OpenCalls();
  private final Membership membership;
  private final LookupDesk desk;
  private final Upkeep upkeep;
  private final Answers answers;

  /// @param self this node; null for a client
  /// @param seed of all randomness in this engine
  public DhtEngine(@Nullable Contact self, DhtConfig config, long seed) {
    Seeds seeds = new Seeds(seed);
    Key place = self != null ? self.id() : Key.random(seeds.fork());
    Key never = self == null ? null : self.id();
    this.config = config;
    this.membership = new Membership(place, config);
    this.desk = new LookupDesk(config, never, membership.table(), roundTrips);
    this.upkeep = new Upkeep(place, self != null, config, seeds.fork());
    this.answers = new Answers(self, config, membership, upkeep, seeds.next());
  }

  /// Handles one event.
  ///
  /// @param nowMillis monotonic, never less than at the call before
  /// @param effects gets what is to be done, in order
  public void handle(long nowMillis, DhtEvent event, EffectSink effects) {
    Turn turn = new Turn(nowMillis, effects);
    switch (event) {
      case DhtEvent.Hint(Contact contact) -> membership.hinted(nowMillis, contact);
      case DhtEvent.Greeted(Contact contact, long boot) ->
          membership.greeted(nowMillis, contact, boot);
      case DhtEvent.LeaveHint(Contact contact) -> membership.leaveHinted(nowMillis, contact);
      case DhtEvent.Asked asked -> answers.asked(turn, asked);
      case DhtEvent.Answered(long rpcId, DhtResponse response) ->
          over(turn, calls.end(rpcId), response);
      case DhtEvent.Unanswered(long rpcId) -> over(turn, calls.end(rpcId), null);
      case DhtEvent.FindNodes query -> findNodes(turn, query);
      case DhtEvent.FindProviders query -> findProviders(turn, query);
      case DhtEvent.Provide(List<Key> keys) -> upkeep.provide(nowMillis, keys);
      case DhtEvent.Unprovide(List<Key> keys) -> upkeep.unprovide(keys);
      case DhtEvent.Retire() -> upkeep.retire();
      case DhtEvent.Resume(Key cursor) -> upkeep.resume(cursor);
      case DhtEvent.Wakeup() -> {}
    }
    whatIsDue(turn);
  }

  /// When the next call is wanted, in monotonic milliseconds; Long.MAX_VALUE when nothing is
  /// pending.
  public long nextWakeup() {
    long views = upkeep.nextWakeup(membership.table(), desk.hasPlace());
    long machines = Math.min(membership.nextWakeup(), views);
    long waits = Math.min(calls.nextDeadline(), desk.nextWakeup());
    return Math.min(Math.min(machines, waits), answers.nextWakeup());
  }

  /// The proven, live contacts of the routing table, in key order.
  public List<Contact> members() {
    return membership.table().contacts();
  }

  /// How far the announcement of all own keys has come: worth keeping over a restart, for
  /// [DhtEvent.Resume].
  public Key republishCursor() {
    return upkeep.cursor();
  }

  /// The first own key behind `last`, of all when that is null; null when there is none.
  public @Nullable Key ownAfter(@Nullable Key last) {
    return upkeep.ownAfter(last);
  }

  /// Starts from the routing table of a node that joined long ago, for simulated networks too large
  /// to be joined one by one: each of `proven` counts as if it had just answered a ping, and the
  /// node as settled. See [RoutingTable#fill].
  public void settle(long nowMillis, Contact[] proven, int[] prefixes) {
    membership.settle(nowMillis, proven, prefixes);
    upkeep.settle(nowMillis, membership.table());
  }

  /// The heap that the routing table takes, in bytes, without the contacts, which nodes share.
  public long routingBytes() {
    return membership.table().bytes();
  }

  /// The routing table, for figures and invariants of the simulator; read only.
  RoutingTable table() {
    return membership.table();
  }

  private void whatIsDue(Turn turn) {
    for (var call = calls.expired(turn.now()); call != null; call = calls.expired(turn.now())) {
      over(turn, call, null);
    }
    for (LookupJob job = desk.due(turn.now()); job != null; job = desk.due(turn.now())) {
      advance(turn, job);
    }
    upkeepDue(turn);
    queriesDue(turn);
    for (Contact due = membership.due(turn.now()); due != null; due = membership.due(turn.now())) {
      ask(
          turn,
          due,
          new DhtRequest.Ping(),
          membership.pingTimeoutMillis(due, patienceMillis(config.pingTimeoutMillis())),
          new OpenCalls.Owner.OfPing());
    }
    answers.due(turn.now());
  }

  private void upkeepDue(Turn turn) {
    Upkeep.Task task = upkeep.next(turn.now(), membership.table(), desk.hasPlace());
    while (task != null) {
      switch (task) {
        case Upkeep.Task.Look(Key target, LookupJob.Owner owner) ->
            advance(
                turn,
                desk.start(new DhtRequest.FindNode(target), target, 1, owner, proven(turn.now())));
        case Upkeep.Task.Tell(StoreBatch batch) ->
            ask(
                turn,
                batch.to(),
                new DhtRequest.Store(batch.keys()),
                config.storeTimeoutMillis(),
                new OpenCalls.Owner.OfStore(batch));
      }
      task = upkeep.next(turn.now(), membership.table(), desk.hasPlace());
    }
  }

  private void queriesDue(Turn turn) {
    for (var query = desk.nextQuery(); query != null; query = desk.nextQuery()) {
      LookupJob.Owner owner = new LookupJob.Owner.Query(query.queryId());
      DhtRequest request = new DhtRequest.FindNode(query.target());
      advance(turn, desk.start(request, query.target(), query.paths(), owner, proven(turn.now())));
    }
    for (LookupJob job = desk.nextRegion(proven(turn.now()));
        job != null;
        job = desk.nextRegion(proven(turn.now()))) {
      advance(turn, job);
    }
  }

  /// A node that is near, and mostly quick, is given up sooner than one whose answers take long,
  /// but not before a second call to it was made: one message may be lost.
  private long findTimeoutMillis(LookupJob job, Contact to) {
    long usual = patienceMillis(config.findTimeoutMillis());
    long min = Math.max(usual / 2, 2 * job.lookup.stallMillis());
    return membership.table().timeoutMillis(to, min, Math.max(min, 2 * usual), usual);
  }

  private long patienceMillis(long usual) {
    return roundTrips.patienceMillis(usual, PATIENCE_MAX * usual);
  }

  private void ask(
      Turn turn, Contact to, DhtRequest request, long timeoutMillis, OpenCalls.Owner owner) {
    OpenCalls.Call call = calls.add(turn.now(), to, timeoutMillis, owner);
    turn.emit(new DhtEffect.Ask(call.rpcId(), to, request, timeoutMillis));
  }

  /// A call is over: answered, or not (null); a null call was over before, its answer is late.
  private void over(Turn turn, OpenCalls.@Nullable Call call, @Nullable DhtResponse response) {
    if (call == null) {
      return;
    }
    switch (call.owner()) {
      case OpenCalls.Owner.OfLookup(LookupJob job) ->
          lookupCallOver(turn, job, call.to(), response);
      case OpenCalls.Owner.OfLookupProof(LookupJob job) ->
          lookupProofOver(turn, job, call.to(), response);
      case OpenCalls.Owner.OfPing() -> pingOver(turn, call.to(), response);
      case OpenCalls.Owner.OfStore(StoreBatch batch) ->
          upkeep.stored(turn.now(), batch, response instanceof DhtResponse.Stored);
    }
    if (response != null) {
      measured(turn.now(), call);
    }
  }

  /// A first pong has brought its sender into the table by now, and counts as well.
  private void measured(long now, OpenCalls.Call call) {
    long took = Math.max(1, now - call.madeAt());
    // The receiver of a store may ping first, so how long it takes says little about the way.
    boolean telling = call.owner() instanceof OpenCalls.Owner.OfStore;
    membership.answered(now, call.to(), telling ? 0 : took);
    if (!telling) {
      roundTrips.answered(took);
    }
  }

  private void pingOver(Turn turn, Contact contact, @Nullable DhtResponse response) {
    if (response instanceof DhtResponse.Pong(long boot)) {
      proved(turn, contact, boot);
    } else if (membership.failed(turn, contact)) {
      answers.unproved(turn, contact);
      if (membership.table().size() == 0) {
        upkeep.emptied();
      }
    }
  }

  private void proved(Turn turn, Contact contact, long boot) {
    Membership.News news = membership.proved(turn, contact, boot);
    answers.proved(turn, contact);
    switch (news) {
      case JOINED -> upkeep.joined(turn.now(), contact, membership.table());
      case RESTARTED, PROVEN_ONLY -> upkeep.renewed(turn.now(), contact);
      case NONE -> {}
    }
  }

  private void lookupProofOver(
      Turn turn, LookupJob job, Contact contact, @Nullable DhtResponse response) {
    if (response instanceof DhtResponse.Pong(long boot)) {
      proved(turn, contact, boot);
      job.lookup.on(new LookupEvent.Proved(contact));
    } else {
      job.lookup.on(new LookupEvent.Unproven(contact));
    }
    if (!job.over) {
      advance(turn, job);
    }
  }

  private Predicate<Contact> proven(long now) {
    return contact -> membership.isProven(now, contact);
  }

  private void lookupCallOver(
      Turn turn, LookupJob job, Contact from, @Nullable DhtResponse response) {
    LookupEvent event =
        switch (response) {
          case DhtResponse.Nodes(List<Contact> closer) -> new LookupEvent.Answered(from, closer);
          case DhtResponse.Values(var _, List<Contact> closer) ->
              new LookupEvent.Answered(from, closer);
          case DhtResponse.Pong _, DhtResponse.Stored _ -> new LookupEvent.Failed(from);
          case null -> new LookupEvent.Failed(from);
        };
    boolean awaited = job.lookup.on(event);
    if (event instanceof LookupEvent.Answered) {
      // Who was asked twice because it was late has one voice.
      if (awaited && response instanceof DhtResponse.Values(var found, var _)) {
        heard(job, found);
      }
      membership.hinted(turn.now(), from);
    } else {
      membership.doubted(turn.now(), from);
    }
    if (!job.over) {
      advance(turn, job);
    }
  }

  private void heard(LookupJob job, List<DhtResponse.Providers> found) {
    if (job.owner instanceof LookupJob.Owner.Search(SearchJob search, ProviderSearch.Group group)) {
      int count = Math.min(found.size(), group.keys().size());
      for (DhtResponse.Providers each : found.subList(0, count)) {
        search.search.found(each.key(), each.providers());
      }
    }
  }

  private void advance(Turn turn, LookupJob job) {
    while (true) {
      if (job.mayEndEarly()) {
        end(turn, job, job.lookup.leaveBehind());
        return;
      }
      switch (job.lookup.next(turn.now())) {
        case LookupStep.Ask(Contact to) ->
            ask(
                turn,
                to,
                job.request,
                findTimeoutMillis(job, to),
                new OpenCalls.Owner.OfLookup(job));
        case LookupStep.Prove(Contact to) ->
            ask(
                turn,
                to,
                new DhtRequest.Ping(),
                findTimeoutMillis(job, to),
                new OpenCalls.Owner.OfLookupProof(job));
        case LookupStep.Wait(long untilMillis) -> {
          if (job.lookup.waitsOnlyForLate(turn.now()) && job.mayLeaveBehind()) {
            end(turn, job, job.lookup.leaveBehind());
          } else {
            job.wakeAt = untilMillis;
          }
          return;
        }
        case LookupStep.Finished finished -> {
          end(turn, job, finished);
          return;
        }
      }
    }
  }

  private void end(Turn turn, LookupJob job, LookupStep.Finished finished) {
    job.over = true;
    desk.end(job);
    finished(turn, job, finished);
  }

  private void finished(Turn turn, LookupJob job, LookupStep.Finished finished) {
    upkeep.touched(turn.now(), job.target());
    switch (job.owner) {
      case LookupJob.Owner.Query(long queryId) ->
          turn.emit(
              new DhtEffect.NodesFound(
                  queryId,
                  finished.closest(),
                  finished.coveredBits(),
                  finished.asked(),
                  finished.hops()));
      case LookupJob.Owner.Search(SearchJob search, ProviderSearch.Group group) -> {
        search.regionsOpen--;
        // Whoever leaves late ones behind wants no second search for what they may add.
        Region covered =
            job.mayLeaveBehind()
                ? new Region(group.target(), 0, finished.closest())
                : Region.coveredBy(group.target(), finished);
        search.search.finished(group, covered, finished.asked());
        report(turn, search);
      }
      case LookupJob.Owner.OwnPlace() -> upkeep.placed(turn.now(), membership.table());
      case LookupJob.Owner.Refresh() -> upkeep.refreshed(turn.now());
      case LookupJob.Owner.Announce() ->
          upkeep.found(turn.now(), Region.coveredBy(job.target(), finished));
    }
  }

  private void findNodes(Turn turn, DhtEvent.FindNodes query) {
    if (!desk.await(query)) {
      List<Contact> known = membership.table().closest(query.target(), config.k());
      turn.emit(new DhtEffect.NodesFound(query.queryId(), known, Key.BITS, 0, 0));
    }
  }

  private void findProviders(Turn turn, DhtEvent.FindProviders query) {
    ProviderSearch search =
        new ProviderSearch(query.keys(), config.keysPerCallMax(), config.providersPerKeyMax());
    for (Key key : query.keys()) {
      List<Contact> known = answers.providers(turn.now(), key);
      if (!known.isEmpty()) {
        search.found(key, known);
      }
    }
    SearchJob job = new SearchJob(query, search);
    if (search.done() || !desk.await(job)) {
      turn.emit(new DhtEffect.ProvidersFound(query.queryId(), search.result(), 0));
    }
  }

  private void report(Turn turn, SearchJob job) {
    if (job.search.done()) {
      Map<Key, List<Contact>> providers = job.search.result();
      turn.emit(new DhtEffect.ProvidersFound(job.queryId, providers, job.search.calls()));
    }
  }
}
