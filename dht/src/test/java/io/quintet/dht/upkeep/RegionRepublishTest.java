package io.quintet.dht.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.Region;
import io.quintet.dht.routing.ContactPolicy;
import io.quintet.dht.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegionRepublishTest {
  private static final int K = 16;
  private static final long INTERVAL = 60_000;
  private static final long DELAY = 100;

  private final SplittableRandom random = new SplittableRandom(17);
  private final Key self = Key.random(random);
  private final RoutingTable table = new RoutingTable(self, K, new ContactPolicy(20, 0));
  private final RegionRepublish republish =
      new RegionRepublish(self, new RepublishPace(K, 3, 100, INTERVAL, DELAY, 500));
  private final Key key = Key.random(random);

  @Test
  void newKeysWaitAMomentSoThatABurstIsAnnouncedTogether() {
    members(2);
    Key other = Key.random(random);
    republish.provide(0, List.of(key));
    republish.provide(50, List.of(other));
    assertEquals(new RepublishStep.Wait(DELAY), republish.next(99, table));
    List<StoreBatch> batches = stores(DELAY);
    assertEquals(2, batches.size(), "each of two nodes once");
    for (StoreBatch batch : batches) {
      assertEquals(2, batch.keys().size());
      assertTrue(batch.keys().containsAll(List.of(key, other)));
    }
  }

  @Test
  void withNobodyKnownItWaitsForAnEvent() {
    republish.provide(0, List.of(key));
    assertEquals(new RepublishStep.Wait(Long.MAX_VALUE), republish.next(1_000, table));
  }

  @Test
  void whatIsNoLongerProvidedIsNotAnnounced() {
    members(2);
    republish.provide(0, List.of(key));
    assertTrue(republish.provides(key));
    republish.unprovide(List.of(key));
    assertFalse(republish.provides(key));
    assertEquals(List.of(), stores(DELAY));
    assertEquals(List.of(), stores(10 * INTERVAL));
  }

  @Test
  void whoRetiresAnnouncesNothingThoughItStillKnowsWhatItHas() {
    members(2);
    republish.provide(0, List.of(key));
    republish.retire();
    assertEquals(List.of(), stores(DELAY));
    republish.hurry(1_000);
    assertEquals(List.of(), stores(1_000));
    assertEquals(key, republish.ownAfter(null));
  }

  @Test
  void aWalkOverTheRegionsMeetsEveryOwnKeyOnce() {
    assertNull(republish.ownAfter(null));
    List<Key> own = Stream.generate(() -> Key.random(random)).limit(300).toList();
    republish.provide(0, own);
    List<Key> met = new ArrayList<>();
    Key next = republish.ownAfter(null);
    while (next != null) {
      Region region = new Region(next, 4, List.of());
      own.stream().filter(region::covers).forEach(met::add);
      next = republish.ownAfter(region.last());
    }
    assertEquals(own.stream().sorted().toList(), met.stream().sorted().toList());
  }

  @Test
  void everyKeyIsAnnouncedAgainInEveryInterval() {
    members(1);
    republish.provide(0, List.of(key));
    assertEquals(1, stores(DELAY).size());
    answered(DELAY);
    assertEquals(List.of(), stores(INTERVAL - 1));
    assertEquals(1, stores(INTERVAL).size());
    assertEquals(List.of(), stores(2 * INTERVAL - 1));
    assertEquals(1, stores(2 * INTERVAL).size());
  }

  @Test
  void anUnansweredCallIsMadeAgainAfterAPauseThreeTimesInAllWhileItsNodeIsAMember() {
    members(1);
    republish.provide(0, List.of(key));
    long now = DELAY;
    for (int attempt = 1; attempt <= 3; attempt++) {
      List<StoreBatch> batches = stores(now);
      assertEquals(1, batches.size());
      assertEquals(attempt, batches.getFirst().attempt());
      republish.stored(now, batches.getFirst(), false);
      assertEquals(List.of(), stores(now + 1_999));
      now += 2_000;
    }
    assertEquals(List.of(), stores(now));
  }

  @Test
  void aNodeThatLeftIsNotCalledAgain() {
    Contact only = members(2).getFirst();
    republish.provide(0, List.of(key));
    for (StoreBatch batch : stores(DELAY)) {
      republish.stored(DELAY, batch, !batch.to().equals(only));
    }
    table.remove(only);
    assertEquals(List.of(), stores(DELAY + 2_000));
  }

  @Test
  void inALargeNetworkARegionIsLookedUpOnceForAllItsKeys() {
    members(40);
    Key near = key.withRandomTail(250, random);
    republish.provide(0, List.of(key, near));
    Key target = assertInstanceOf(RepublishStep.Find.class, republish.next(DELAY, table)).target();
    assertInstanceOf(
        RepublishStep.Wait.class, republish.next(DELAY, table), "one lookup at a time");
    List<Contact> closest = table.closest(target, K);
    republish.found(DELAY + 300, new Region(target, 200, closest));
    List<StoreBatch> batches = stores(DELAY + 300);
    assertEquals(closest.subList(0, 3), batches.stream().map(StoreBatch::to).toList());
    assertTrue(batches.stream().allMatch(batch -> batch.keys().size() == 2));
  }

  @Test
  void theNodesOfARegionAreToldOfItsKeysAlone() {
    members(40);
    Key low = new Key(1, 0, 0, 0);
    Key high = new Key(-1, 0, 0, 0);
    republish.provide(0, List.of(high, low));
    assertEquals(new RepublishStep.Find(low), republish.next(DELAY, table));
    republish.found(DELAY, new Region(low, 8, table.closest(low, K)));
    for (int i = 0; i < 3; i++) {
      RepublishStep step = republish.next(DELAY, table);
      assertEquals(List.of(low), assertInstanceOf(RepublishStep.Store.class, step).batch().keys());
    }
    assertEquals(new RepublishStep.Find(high), republish.next(DELAY, table));
  }

  @Test
  void aLookupThatFoundNobodyIsRepeatedAfterAPause() {
    members(40);
    republish.provide(0, List.of(key));
    assertInstanceOf(RepublishStep.Find.class, republish.next(DELAY, table));
    republish.found(1_000, new Region(key, 0, List.of()));
    assertEquals(new RepublishStep.Wait(3_000), republish.next(1_000, table));
    assertEquals(new RepublishStep.Find(key), republish.next(3_000, table));
  }

  @Test
  void aRestartGoesOnWhereTheWalkOverTheKeysHadCome() {
    members(1);
    List<Key> keys =
        new ArrayList<>(Contacts.random(random, 250).stream().map(Contact::id).toList());
    keys.sort(null);
    assertEquals(keys, walked(keys, new Key(0, 0, 0, 0)));
    RegionRepublish before =
        new RegionRepublish(self, new RepublishPace(K, 3, 100, INTERVAL, DELAY, 500));
    before.provide(0, keys);
    before.hurry(0);
    assertInstanceOf(RepublishStep.Store.class, before.next(0, table));
    assertEquals(keys.get(100), before.cursor(), "one call's worth was announced");
    List<Key> ring = new ArrayList<>(keys.subList(100, 250));
    ring.addAll(keys.subList(0, 100));
    assertEquals(ring, walked(keys, before.cursor()));
  }

  /// The keys in the order in which a node announces them that starts with this cursor.
  private List<Key> walked(List<Key> keys, Key cursor) {
    RegionRepublish node =
        new RegionRepublish(self, new RepublishPace(K, 3, 100, INTERVAL, DELAY, 500));
    node.resume(cursor);
    node.provide(0, keys);
    node.hurry(0);
    List<Key> walked = new ArrayList<>();
    while (node.next(0, table) instanceof RepublishStep.Store(StoreBatch batch)) {
      walked.addAll(batch.keys());
      node.stored(0, batch, true);
    }
    assertEquals(cursor, keys.contains(cursor) ? node.cursor() : cursor);
    return walked;
  }

  @Test
  void atMostEightCallsAreOpen() {
    members(15);
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      keys.add(Key.random(random));
    }
    republish.provide(0, keys);
    List<StoreBatch> batches = stores(DELAY);
    assertEquals(8, batches.size());
    republish.stored(DELAY, batches.getFirst(), true);
    assertEquals(1, stores(DELAY).size());
  }

  @Test
  void whoFoundItsPlaceAnnouncesEverythingAtOnce() {
    members(1);
    republish.provide(0, List.of(key));
    assertEquals(1, stores(DELAY).size());
    answered(DELAY);
    republish.hurry(5_000);
    assertEquals(1, stores(5_000).size());
    answered(5_000);
    assertEquals(List.of(), stores(5_000 + INTERVAL - 1));
    assertEquals(1, stores(5_000 + INTERVAL).size());
  }

  /// The calls of this moment, none of which is over.
  private List<StoreBatch> stores(long now) {
    List<StoreBatch> batches = new ArrayList<>();
    while (republish.next(now, table) instanceof RepublishStep.Store(StoreBatch batch)) {
      batches.add(batch);
    }
    return batches;
  }

  private void answered(long now) {
    republish.stored(now, new StoreBatch(table.contacts().getFirst(), List.of(key), 1), true);
  }

  private List<Contact> members(int count) {
    List<Contact> members = Contacts.random(random, count);
    members.forEach(each -> table.observe(0, each, 1));
    return members;
  }
}
