package io.quintet.dht.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int COPIES = 3;

  private final SplittableRandom random = new SplittableRandom(14);
  private final Key self = Key.random(random);
  private final List<Contact> nodes = Contacts.random(random, 30);
  private final List<Key> keys = new ArrayList<>();

  AllocationTest() {
    for (int i = 0; i < 200; i++) {
      keys.add(Key.random(random));
    }
  }

  @Test
  void everyKeyGoesToTheNodesClosestToItAndTheOwnerCountsAsOne() {
    List<StoreBatch> batches = Allocation.of(keys, nodes, self, COPIES);
    for (Key key : keys) {
      List<Contact> told =
          batches.stream().filter(batch -> batch.keys().contains(key)).map(StoreBatch::to).toList();
      List<Contact> nearest = Contacts.closest(nodes, key, COPIES);
      boolean own = key.compareDistance(self, nearest.getLast().id()) < 0;
      List<Contact> expected = own ? nearest.subList(0, COPIES - 1) : nearest;
      assertEquals(expected.size(), told.size());
      assertTrue(told.containsAll(expected), key.toString());
    }
  }

  @Test
  void aNodeGetsItsKeysInOneBatch() {
    List<Contact> to =
        Allocation.of(keys, nodes, self, COPIES).stream().map(StoreBatch::to).toList();
    assertEquals(to.stream().distinct().toList(), to);
  }

  @Test
  void inATinyNetworkEverybodyIsTold() {
    List<StoreBatch> batches = Allocation.of(keys, nodes.subList(0, 2), self, COPIES);
    assertEquals(2, batches.size());
    assertTrue(batches.stream().allMatch(batch -> batch.keys().equals(keys)));
  }

  @Test
  void nobodyIsToldOfNothing() {
    assertEquals(List.of(), Allocation.of(List.of(), nodes, self, COPIES));
    assertEquals(List.of(), Allocation.of(keys, List.of(), self, COPIES));
  }
}
