package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.Region;
import io.quintet.dht.routing.RoutingTable;
import io.quintet.dht.upkeep.Bootstrap;
import io.quintet.dht.upkeep.BucketRefresh;
import io.quintet.dht.upkeep.RegionRepublish;
import io.quintet.dht.upkeep.RepublishPace;
import io.quintet.dht.upkeep.RepublishStep;
import io.quintet.dht.upkeep.StoreBatch;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The maintenance machines side by side: bootstrap, bucket refresh and the announcement of own
/// keys.
final class Upkeep {
  /// What the machines want.
  sealed interface Task {
    /// A lookup.
    record Look(Key target, LookupJob.Owner owner) implements Task {}

    /// A store.
    record Tell(StoreBatch batch) implements Task {}
  }

  private final Key self;
  private final boolean node;
  private final Bootstrap bootstrap = new Bootstrap();
  private final BucketRefresh refresh;
  private final RegionRepublish republish;
  private long republishAt = Long.MAX_VALUE;

  /// Whether all own keys were announced since somebody is known.
  private boolean foundPlace;

  /// @param node false for a client, which announces nothing
  Upkeep(Key self, boolean node, DhtConfig config, RandomGenerator random) {
    this.self = self;
    this.node = node;
    this.refresh = new BucketRefresh(self, config.refreshIntervalMillis(), random);
    this.republish =
        new RegionRepublish(
            self,
            new RepublishPace(
                config.k(),
                config.recordCopies(),
                config.keysPerCallMax(),
                config.republishIntervalMillis(),
                config.announceDelayMillis(),
                config.announceGapMillis()));
  }

  void provide(long now, List<Key> keys) {
    if (node) {
      republish.provide(now, keys);
      republishAt = Long.MIN_VALUE;
    }
  }

  void unprovide(List<Key> keys) {
    republish.unprovide(keys);
  }

  void retire() {
    republish.retire();
  }

  void resume(Key cursor) {
    republish.resume(cursor);
  }

  Key cursor() {
    return republish.cursor();
  }

  boolean provides(Key key) {
    return republish.provides(key);
  }

  @Nullable Key ownAfter(@Nullable Key last) {
    return republish.ownAfter(last);
  }

  /// `contact` entered the routing table.
  void joined(long now, Contact contact, RoutingTable table) {
    bootstrap.joined(now, table.size());
    renewed(now, contact);
  }

  /// `contact` is there but may not have the records that it should have.
  void renewed(long now, Contact contact) {
    republish.joined(now, contact);
    republishAt = Long.MIN_VALUE;
  }

  /// The node has its place already.
  void settle(long now, RoutingTable table) {
    bootstrap.settle(now, table.size());
    foundPlace = true;
  }

  /// The routing table lost its last contact.
  void emptied() {
    bootstrap.emptied();
    foundPlace = false;
  }

  /// A lookup for `target` was made.
  void touched(long now, Key target) {
    refresh.touched(now, target);
  }

  /// The lookup of the own place is over.
  void placed(long now, RoutingTable table) {
    switch (bootstrap.looked(now, table.size())) {
      case FIRST -> {
        refresh.refreshFar(now, table);
        announceAgain(now, table);
      }
      case LATER -> {
        refresh.refreshFar(now, table);
        if (!foundPlace) {
          announceAll(now);
        } else {
          announceAgain(now, table);
        }
        foundPlace = true;
      }
      case CHECK, VOID -> {}
    }
  }

  /// In a small network everybody who turned up was told already.
  private void announceAgain(long now, RoutingTable table) {
    if (!republish.tellsNewcomersAll(table)) {
      announceAll(now);
    }
  }

  private void announceAll(long now) {
    republish.hurry(now);
    republishAt = Long.MIN_VALUE;
  }

  /// The lookup for a bucket is over.
  void refreshed(long now) {
    refresh.finished(now);
  }

  /// The lookup for an announcement is over.
  void found(long now, Region covered) {
    republish.found(now, covered);
    republishAt = Long.MIN_VALUE;
  }

  /// A store is over.
  void stored(long now, StoreBatch batch, boolean answered) {
    republish.stored(now, batch, answered);
    republishAt = Long.MIN_VALUE;
  }

  /// The next task that is due; null when none is.
  ///
  /// @param mayLook whether another lookup has a place
  @Nullable Task next(long now, RoutingTable table, boolean mayLook) {
    if (mayLook && bootstrap.due(now)) {
      return new Task.Look(self, new LookupJob.Owner.OwnPlace());
    }
    if (republishAt <= now) {
      switch (republish.next(now, table)) {
        case RepublishStep.Find(Key target) -> {
          return new Task.Look(target, new LookupJob.Owner.Announce());
        }
        case RepublishStep.Store(StoreBatch batch) -> {
          return new Task.Tell(batch);
        }
        case RepublishStep.Wait(long untilMillis) -> republishAt = untilMillis;
      }
    }
    Key bucket = mayLook ? refresh.due(now, table) : null;
    return bucket == null ? null : new Task.Look(bucket, new LookupJob.Owner.Refresh());
  }

  /// When [#next] wants to be called; while no lookup has a place, its end is waited for instead.
  long nextWakeup(RoutingTable table, boolean mayLook) {
    long views = mayLook ? Math.min(bootstrap.nextWakeup(), refresh.nextWakeup()) : Long.MAX_VALUE;
    return table.size() == 0 ? views : Math.min(views, republishAt);
  }
}
