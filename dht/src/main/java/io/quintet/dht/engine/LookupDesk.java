package io.quintet.dht.engine;

import io.quintet.dht.engine.LookupJob.SearchJob;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.IterativeLookup;
import io.quintet.dht.lookup.LookupShape;
import io.quintet.dht.lookup.ProviderSearch;
import io.quintet.dht.routing.RoutingTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The lookups that run, and the queries that wait for a place. Bounded both.
final class LookupDesk {
  /// Regions of one search that are looked up at a time.
  private static final int REGIONS_OPEN_MAX = 4;

  /// Places that queries leave to the engine's own upkeep.
  private static final int PLACES_FOR_UPKEEP = 3;

  /// Contacts that a path starts with, in multiples of k: more than it has to ask, so that it goes
  /// on where many of them are dead, and all that others name is dead, too.
  private static final int SEEDS_PER_K = 2;

  /// Who knows no more contacts than these, in multiples of k, knows nearly everybody.
  private static final int SMALL_PER_K = 3;

  private final DhtConfig config;
  private final @Nullable Key self;
  private final RoutingTable table;
  private final RoundTrips roundTrips;
  private final List<LookupJob> running = new ArrayList<>(1);
  private final Deque<DhtEvent.FindNodes> waitingNodes = new ArrayDeque<>(1);
  private final Deque<SearchJob> waitingSearches = new ArrayDeque<>(1);

  LookupDesk(DhtConfig config, @Nullable Key self, RoutingTable table, RoundTrips roundTrips) {
    this.config = config;
    this.self = self;
    this.table = table;
    this.roundTrips = roundTrips;
  }

  /// @param proven whether a contact need not prove its id any more
  LookupJob start(
      DhtRequest request, Key target, int paths, LookupJob.Owner owner, Predicate<Contact> proven) {
    int width = Math.clamp(paths, 1, LookupShape.PATHS_MAX);
    long stall = roundTrips.unusualMillis(50, Math.max(50, config.findTimeoutMillis() / 2));
    int rpcsMax = config.lookupRpcsMax() * Math.max(1, width / 2);
    LookupShape shape =
        new LookupShape(breadth(owner), openPerPath(owner, width), width, rpcsMax, stall);
    List<Contact> seeds = table.closest(target, SEEDS_PER_K * config.k() * width);
    IterativeLookup lookup =
        new IterativeLookup(target, shape, self, seeds, needsProofs(width, owner) ? proven : null);
    LookupJob job = new LookupJob(lookup, request, owner);
    running.add(job);
    return job;
  }

  /// In a small network an announcement asks everybody once for all keys, instead of most of them
  /// for each region. A search does not: all would be asked, but for keys far away not all that are
  /// near those are known, and a search has no second try.
  private int breadth(LookupJob.Owner owner) {
    return switch (owner) {
      case LookupJob.Owner.Announce _ -> isSmall() ? (SMALL_PER_K + 1) * config.k() : config.k();
      case LookupJob.Owner.Search _,
          LookupJob.Owner.Query _,
          LookupJob.Owner.OwnPlace _,
          LookupJob.Owner.Refresh _ ->
          config.k();
    };
  }

  /// Who will end with the first few answers asks not many more than these.
  private int openPerPath(LookupJob.Owner owner, int paths) {
    boolean few = owner instanceof LookupJob.Owner.Search search && search.endsEarly();
    return few ? Math.max(1, config.alpha() / paths) : config.alpha();
  }

  private boolean isSmall() {
    return table.size() <= SMALL_PER_K * config.k();
  }

  /// What is asked for on several paths must not be led astray, nor where own records go. The other
  /// lookups fill the routing table, which takes nobody without a proof anyway.
  private static boolean needsProofs(int paths, LookupJob.Owner owner) {
    return paths > 1 || owner instanceof LookupJob.Owner.Announce;
  }

  void end(LookupJob job) {
    running.remove(job);
  }

  boolean hasPlace() {
    return running.size() < config.lookupsActiveMax();
  }

  /// Lets a query wait for a place; false when too many wait already.
  boolean await(DhtEvent.FindNodes query) {
    return waitingNodes.size() < config.queriesWaitingMax() && waitingNodes.add(query);
  }

  /// Lets a query wait for a place; false when too many wait already.
  boolean await(SearchJob search) {
    return waitingSearches.size() < config.queriesWaitingMax() && waitingSearches.add(search);
  }

  /// The next query that can start; null when none waits or there is no place.
  DhtEvent.@Nullable FindNodes nextQuery() {
    return hasPlaceForQuery() ? waitingNodes.poll() : null;
  }

  /// Starts the next region of a search; null when none waits or there is no place.
  @Nullable LookupJob nextRegion(Predicate<Contact> proven) {
    int count = waitingSearches.size();
    for (int i = 0; i < count && hasPlaceForQuery(); i++) {
      SearchJob search = waitingSearches.remove();
      if (search.search.done()) {
        continue;
      }
      waitingSearches.add(search);
      ProviderSearch.Group group =
          search.regionsOpen < REGIONS_OPEN_MAX
              ? search.search.nextGroup(table.densityBits())
              : null;
      if (group != null) {
        search.regionsOpen++;
        DhtRequest request = new DhtRequest.FindValue(group.target(), group.keys());
        LookupJob.Owner owner = new LookupJob.Owner.Search(search, group);
        return start(request, group.target(), search.paths, owner, proven);
      }
    }
    return null;
  }

  /// A lookup whose wait is over; null when there is none.
  @Nullable LookupJob due(long now) {
    for (LookupJob job : running) {
      if (job.wakeAt <= now) {
        return job;
      }
    }
    return null;
  }

  long nextWakeup() {
    long next = Long.MAX_VALUE;
    for (LookupJob job : running) {
      next = Math.min(next, job.wakeAt);
    }
    return next;
  }

  private boolean hasPlaceForQuery() {
    int places = Math.max(1, config.lookupsActiveMax() - PLACES_FOR_UPKEEP);
    return running.size() < places;
  }
}
