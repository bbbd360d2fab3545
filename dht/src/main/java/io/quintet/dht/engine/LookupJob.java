package io.quintet.dht.engine;

import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.IterativeLookup;
import io.quintet.dht.lookup.ProviderSearch;

/// A lookup that runs, and who wants its result.
final class LookupJob {
  /// One node may lie or have old records. Who takes what these say and finds nothing there can
  /// still ask everybody.
  private static final int VOICES = 3;

  /// Who wants the result of a lookup.
  sealed interface Owner {
    /// Someone who asked for the nodes closest to a key.
    record Query(long queryId) implements Owner {}

    /// One region of a search for providers.
    record Search(SearchJob search, ProviderSearch.Group group) implements Owner {
      /// Whether some providers of one key will do.
      boolean endsEarly() {
        return search.patience == DhtEvent.Patience.UNTIL_LATE && group.keys().size() == 1;
      }
    }

    /// The node's own place in the network.
    record OwnPlace() implements Owner {}

    /// A bucket that nobody used for a while.
    record Refresh() implements Owner {}

    /// The announcement of own keys.
    record Announce() implements Owner {}
  }

  /// A search for providers that runs.
  static final class SearchJob {
    final long queryId;
    final ProviderSearch search;
    final int paths;
    final DhtEvent.Patience patience;
    int regionsOpen;

    SearchJob(DhtEvent.FindProviders query, ProviderSearch search) {
      this.queryId = query.queryId();
      this.search = search;
      this.paths = query.paths();
      this.patience = query.patience();
    }
  }

  final IterativeLookup lookup;
  final DhtRequest request;
  final Owner owner;
  long wakeAt = Long.MAX_VALUE;

  /// Whether the lookup is over, though calls that it no longer needs may be open.
  boolean over;

  LookupJob(IterativeLookup lookup, DhtRequest request, Owner owner) {
    this.lookup = lookup;
    this.request = request;
    this.owner = owner;
  }

  Key target() {
    return lookup.target();
  }

  /// Whether its owner has enough, because several nodes named the same provider of its one key.
  boolean mayEndEarly() {
    return owner instanceof Owner.Search owned
        && owned.endsEarly()
        && owned.search().search.isAgreed(owned.group(), VOICES);
  }

  /// Whether its owner has enough to leave those behind whose answers are late.
  boolean mayLeaveBehind() {
    return switch (owner) {
      case Owner.Search(SearchJob search, ProviderSearch.Group group) ->
          search.patience == DhtEvent.Patience.UNTIL_LATE && search.search.knowsAll(group);
      case Owner.Query _, Owner.OwnPlace _, Owner.Refresh _, Owner.Announce _ -> false;
    };
  }
}
