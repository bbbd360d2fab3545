package io.quintet.dht.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import io.quintet.dht.routing.ContactPolicy;
import io.quintet.dht.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HandoversTest {
  private static final int K = 4;
  private static final int COPIES = 2;
  private static final int KEYS_PER_CALL = 10;

  private final SplittableRandom random = new SplittableRandom(16);
  private final Key self = Key.random(random);
  private final RoutingTable table = new RoutingTable(self, K, new ContactPolicy(20, 0));
  private final Handovers handovers =
      new Handovers(self, new RepublishPace(K, COPIES, KEYS_PER_CALL, 60_000, 100, 500));
  private final TreeSet<Key> own = new TreeSet<>();

  HandoversTest() {
    for (int i = 0; i < 100; i++) {
      own.add(Key.random(random));
    }
  }

  @Test
  void nobodyIsDueBeforeANodeJoinedAndAMomentPassed() {
    assertEquals(Long.MAX_VALUE, handovers.nextWakeup());
    handovers.add(1_000, Contacts.random(random));
    assertEquals(1_100, handovers.nextWakeup());
  }

  @Test
  void aNewNodeIsToldOfExactlyTheKeysThatItIsCloseToACallAtATime() {
    List<Contact> members = Contacts.random(random, 4);
    members.forEach(each -> table.observe(0, each, 1));
    Contact joined = members.getLast();
    handovers.add(0, joined);
    List<Key> expected =
        own.stream()
            .filter(key -> Contacts.closest(members, key, COPIES).contains(joined))
            .toList();
    assertTrue(expected.size() > KEYS_PER_CALL, "the set-up takes several calls");
    List<Key> told = new ArrayList<>();
    for (int step = 0; step < 100 && handovers.nextWakeup() < Long.MAX_VALUE; step++) {
      StoreBatch batch = handovers.next(100, own, table);
      if (batch != null) {
        assertEquals(joined, batch.to());
        assertTrue(batch.keys().size() <= KEYS_PER_CALL);
        told.addAll(batch.keys());
      }
    }
    assertEquals(expected, told);
  }

  @Test
  void inALargeNetworkOnlyTheOwnNeighbourhoodIsTold() {
    for (int bucket = 0; bucket < 10; bucket++) {
      for (int i = 0; i < K; i++) {
        table.observe(0, in(bucket), 1);
      }
    }
    Contact far = in(0);
    handovers.add(0, far);
    assertNull(handovers.next(100, own, table));
    Contact near = in(12);
    table.observe(0, near, 1);
    own.add(near.id().withRandomTail(200, random));
    handovers.add(100, near);
    StoreBatch batch = handovers.next(200, own, table);
    assertNotNull(batch);
    assertEquals(near, batch.to());
  }

  private Contact in(int bucket) {
    Contact any = Contacts.random(random);
    return new Contact(self.withRandomTail(bucket, random), any.host(), any.port());
  }
}
