package io.quintet.dht.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.routing.ContactPolicy;
import io.quintet.dht.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BucketRefreshTest {
  private static final long INTERVAL = 60_000;
  private static final int K = 8;

  private final SplittableRandom random = new SplittableRandom(13);
  private final Key self = Key.random(random);
  private final RoutingTable table = new RoutingTable(self, K, new ContactPolicy(20, 0));
  private final BucketRefresh refresh = new BucketRefresh(self, INTERVAL, random);

  @Test
  void anEmptyTableNeedsNoRefresh() {
    refresh.finished(0);
    assertNull(refresh.due(0, table));
    assertEquals(Long.MAX_VALUE, refresh.nextWakeup());
  }

  @Test
  void everyBucketIsLookedThroughOncePerIntervalOneAtATime() {
    addTo(0, 1);
    addTo(1, 1);
    refresh.finished(0);
    assertNull(refresh.due(0, table));
    assertEquals(INTERVAL, refresh.nextWakeup());
    Key first = refresh.due(INTERVAL, table);
    assertNull(refresh.due(INTERVAL, table), "one runs");
    refresh.finished(INTERVAL + 100);
    Key second = refresh.due(INTERVAL + 100, table);
    refresh.finished(INTERVAL + 200);
    assertNull(refresh.due(INTERVAL + 200, table));
    assertEquals(List.of(0, 1), List.of(bucketOf(first), bucketOf(second)));
  }

  @Test
  void aBucketThatALookupWentThroughIsFresh() {
    addTo(0, 1);
    refresh.finished(0);
    assertNull(refresh.due(0, table));
    refresh.touched(30_000, self.withRandomTail(0, random));
    assertNull(refresh.due(INTERVAL, table));
    assertEquals(30_000 + INTERVAL, refresh.nextWakeup());
  }

  @Test
  void afterTheFirstLookupOnlyThinBucketsBeyondTheNeighbourhoodAreRefreshed() {
    addTo(0, K);
    addTo(1, 1);
    addTo(2, K);
    addTo(9, K);
    refresh.refreshFar(1_000, table);
    List<Integer> refreshed = new ArrayList<>();
    for (Key due = refresh.due(1_000, table); due != null; due = refresh.due(1_000, table)) {
      refreshed.add(bucketOf(due));
      refresh.finished(1_000);
    }
    assertEquals(List.of(1, 3, 4, 5, 6, 7, 8), refreshed);
  }

  private int bucketOf(@Nullable Key target) {
    assertNotNull(target);
    return self.commonPrefixLength(target);
  }

  private void addTo(int bucket, int count) {
    for (int i = 0; i < count; i++) {
      Key id = self.withRandomTail(bucket, random);
      table.observe(0, new Contact(id, "10.0." + bucket + "." + i, 8_000), 1);
    }
  }
}
