package io.quintet.dht.upkeep;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.Region;
import io.quintet.dht.routing.RoutingTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Keeps this node's own keys announced, region by region, so that the lookups grow with the number
/// of nodes and not of keys.
///
/// Three jobs share one queue of calls, in this order:
///
/// - *fresh*: new keys are announced soon, bursts together;
/// - *handover*: a node that joined (or restarted) near own keys is told of them, see [Handovers];
/// - *cycle*: all own keys are walked in order, spread over the interval; in a hurry without pauses
///   after [#hurry], when the node has just found its place.
///
/// The keys are a ring, and [#cursor] says how far the walk has come: a node that restarts goes on
/// there by [#resume], so that the keys that were announced longest ago come first.
///
/// A step takes at most one call's worth of keys: if the last region that was looked up covers the
/// next key, its nodes are told; otherwise the key is looked up first. While the routing table
/// holds fewer than k contacts it is the whole network, and no lookup is needed at all.
public final class RegionRepublish {
  private static final int CALLS_OPEN_MAX = 8;
  private static final int ATTEMPTS_MAX = 3;
  private static final int RETRIES_MAX = 256;
  private static final long RETRY_MILLIS = 2_000;
  private static final long REGION_AGE_MILLIS_MAX = 120_000;
  private static final long NOBODY_RETRY_MILLIS = 2_000;
  private static final Key FIRST = new Key(0, 0, 0, 0);

  private record Retry(StoreBatch batch, long dueAt) {}

  private final Key self;
  private final RepublishPace pace;
  private final TreeSet<Key> own = new TreeSet<>();
  private final TreeSet<Key> fresh = new TreeSet<>();
  private final Handovers handovers;
  private final Deque<StoreBatch> outgoing = new ArrayDeque<>(1);
  private final Deque<Retry> retries = new ArrayDeque<>(1);
  private int callsOpen;
  private boolean retired;

  private @Nullable Region region;
  private long regionFoundAt;
  private boolean finding;

  private long freshDueAt = Long.MAX_VALUE;
  private long freshAnnouncedAt;
  private boolean freshAnnounced;

  /// Where the walk goes on.
  private Key cursor = FIRST;

  /// Where this round of the walk began, and whether it has come past the last key since.
  private Key origin = FIRST;

  private boolean wrapped;
  private long cycleStartAt = Long.MAX_VALUE;
  private int cycleDone;
  private boolean hurry;
  private long notBefore = Long.MIN_VALUE;

  /// Nothing to announce.
  public RegionRepublish(Key self, RepublishPace pace) {
    this.self = self;
    this.pace = pace;
    this.handovers = new Handovers(self, pace);
  }

  /// From now on `keys` are the node's own.
  public void provide(long now, Collection<Key> keys) {
    boolean any = false;
    for (Key key : keys) {
      any |= own.add(key) && fresh.add(key);
    }
    if (!any) {
      return;
    }
    long due = now + pace.announceDelayMillis();
    if (freshAnnounced) {
      due = Math.max(due, freshAnnouncedAt + pace.announceGapMillis());
    }
    freshDueAt = Math.min(freshDueAt, due);
    if (cycleStartAt == Long.MAX_VALUE) {
      cycleStartAt = now + pace.intervalMillis();
    }
  }

  /// `keys` are no longer the node's own.
  public void unprovide(Collection<Key> keys) {
    for (Key key : keys) {
      own.remove(key);
      fresh.remove(key);
    }
  }

  /// From now on nothing is announced any more.
  public void retire() {
    retired = true;
  }

  /// How far the walk over all own keys has come: the next one is the first that is not less.
  public Key cursor() {
    return cursor;
  }

  /// Goes on at `from`, the [#cursor] of an earlier run.
  public void resume(Key from) {
    cursor = from;
    startRound();
  }

  private void startRound() {
    origin = cursor;
    wrapped = false;
    cycleDone = 0;
  }

  /// Whether this node provides `key`.
  public boolean provides(Key key) {
    return own.contains(key);
  }

  /// The first of the node's own keys behind `last`, of all when that is null; null when there is
  /// none.
  public @Nullable Key ownAfter(@Nullable Key last) {
    return last != null ? own.higher(last) : own.isEmpty() ? null : own.first();
  }

  /// How many own keys there are.
  public int size() {
    return own.size();
  }

  /// `contact` has just proven itself, or has restarted: it may have to be told.
  public void joined(long now, Contact contact) {
    if (!own.isEmpty()) {
      handovers.add(now, contact);
    }
    notBefore = Long.MIN_VALUE;
  }

  /// Whether the routing table is complete enough that [#joined] has every contact told of all own
  /// keys that it is close to.
  public boolean tellsNewcomersAll(RoutingTable table) {
    return handovers.coverAll(table);
  }

  /// The node knows its place (better) now: announce everything once, without pauses.
  public void hurry(long now) {
    region = null;
    notBefore = Long.MIN_VALUE;
    if (!own.isEmpty()) {
      hurry = true;
      startRound();
      cycleStartAt = now;
    }
  }

  /// The lookup of [RepublishStep.Find] is over.
  ///
  /// @param covered what it covered
  public void found(long now, Region covered) {
    finding = false;
    if (covered.nodes().isEmpty()) {
      notBefore = now + NOBODY_RETRY_MILLIS;
      return;
    }
    region = covered;
    regionFoundAt = now;
  }

  /// The call of [RepublishStep.Store] is over.
  ///
  /// @param answered whether there was an answer, whatever it was
  public void stored(long now, StoreBatch batch, boolean answered) {
    callsOpen--;
    if (!answered && batch.attempt() < ATTEMPTS_MAX && retries.size() < RETRIES_MAX) {
      StoreBatch again = new StoreBatch(batch.to(), batch.keys(), batch.attempt() + 1);
      retries.add(new Retry(again, now + RETRY_MILLIS));
    }
  }

  /// What to do next; call until it is a [RepublishStep.Wait].
  ///
  /// @param table the node's routing table, read only
  public RepublishStep next(long now, RoutingTable table) {
    if (table.size() == 0 || retired) {
      return new RepublishStep.Wait(Long.MAX_VALUE);
    }
    takeRetries(now, table);
    while (callsOpen < CALLS_OPEN_MAX) {
      StoreBatch batch = outgoing.poll();
      if (batch != null) {
        callsOpen++;
        return new RepublishStep.Store(batch);
      }
      if (finding) {
        return new RepublishStep.Wait(nextRetry());
      }
      long wakeup = wakeup();
      if (wakeup > now) {
        return new RepublishStep.Wait(wakeup);
      }
      Key target = advance(now, table);
      if (target != null) {
        finding = true;
        return new RepublishStep.Find(target);
      }
    }
    return new RepublishStep.Wait(nextRetry());
  }

  private long wakeup() {
    long lookups = Math.max(notBefore, Math.min(freshDueAt, cycleDueAt()));
    return Math.min(Math.min(lookups, handovers.nextWakeup()), nextRetry());
  }

  private long nextRetry() {
    Retry first = retries.peek();
    return first == null ? Long.MAX_VALUE : first.dueAt;
  }

  private long cycleDueAt() {
    if (cycleStartAt == Long.MAX_VALUE || own.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return hurry
        ? cycleStartAt
        : cycleStartAt + pace.intervalMillis() * Math.min(cycleDone, own.size()) / own.size();
  }

  private void takeRetries(long now, RoutingTable table) {
    while (!retries.isEmpty() && retries.getFirst().dueAt <= now) {
      StoreBatch batch = retries.removeFirst().batch;
      if (table.contains(batch.to())) {
        outgoing.addLast(batch);
      }
    }
  }

  /// Does one step of the first job that is due.
  ///
  /// @return what has to be looked up first; null when calls were queued or the job is over
  private @Nullable Key advance(long now, RoutingTable table) {
    boolean maySearch = now >= notBefore;
    if (maySearch && freshDueAt <= now) {
      return advanceFresh(now, table);
    }
    if (handovers.nextWakeup() <= now) {
      StoreBatch batch = handovers.next(now, own, table);
      if (batch != null) {
        outgoing.add(batch);
      }
      return null;
    }
    return maySearch && cycleDueAt() <= now ? advanceCycle(now, table) : null;
  }

  private @Nullable Key advanceFresh(long now, RoutingTable table) {
    if (fresh.isEmpty()) {
      freshDueAt = Long.MAX_VALUE;
      freshAnnouncedAt = now;
      freshAnnounced = true;
      return null;
    }
    Key following = fresh.ceiling(cursor);
    Key first = following == null ? fresh.first() : following;
    Region covering = covering(now, first, table);
    if (covering == null) {
      return first;
    }
    List<Key> keys = slice(fresh.tailSet(first, true), covering);
    keys.forEach(fresh::remove);
    outgoing.addAll(Allocation.of(keys, covering.nodes(), self, pace.copies()));
    return null;
  }

  private @Nullable Key advanceCycle(long now, RoutingTable table) {
    Key first = own.ceiling(cursor);
    if (first == null && !wrapped) {
      wrapped = true;
      cursor = FIRST;
      first = own.ceiling(FIRST);
    }
    if (first == null || (wrapped && first.compareTo(origin) >= 0)) {
      hurry = false;
      cursor = origin;
      startRound();
      cycleStartAt = cycleStartAt + pace.intervalMillis();
      return null;
    }
    Region covering = covering(now, first, table);
    if (covering == null) {
      return first;
    }
    NavigableSet<Key> rest =
        wrapped ? own.subSet(first, true, origin, false) : own.tailSet(first, true);
    List<Key> keys = slice(rest, covering);
    cycleDone += keys.size();
    keys.forEach(fresh::remove);
    goOnAfter(keys.getLast());
    outgoing.addAll(Allocation.of(keys, covering.nodes(), self, pace.copies()));
    return null;
  }

  private void goOnAfter(Key last) {
    Key following = own.higher(last);
    if (following != null) {
      cursor = following;
    } else {
      cursor = wrapped ? origin : FIRST;
      wrapped = true;
    }
  }

  /// The region whose nodes are to be told of `key`; null when it has to be looked up.
  private @Nullable Region covering(long now, Key key, RoutingTable table) {
    if (table.size() < pace.k()) {
      return new Region(key, 0, table.contacts());
    }
    Region last = region;
    boolean usable =
        last != null && last.covers(key) && now - regionFoundAt <= REGION_AGE_MILLIS_MAX;
    return usable ? last : null;
  }

  private List<Key> slice(NavigableSet<Key> from, Region covering) {
    List<Key> keys = new ArrayList<>(Math.min(from.size(), pace.keysPerCallMax()));
    for (Key key : from) {
      if (keys.size() >= pace.keysPerCallMax() || !covering.covers(key)) {
        break;
      }
      keys.add(key);
    }
    return keys;
  }
}
