package io.quintet.dht.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProviderSearchTest {
  private final SplittableRandom random = new SplittableRandom(8);

  @Test
  void aThousandKeysInASmallNetworkAreOneGroup() {
    List<Key> keys = keys(1_000);
    ProviderSearch search = new ProviderSearch(keys, 1_000, 32);
    ProviderSearch.Group group = search.nextGroup(0);
    assertNotNull(group);
    assertEquals(1_000, group.keys().size());
    assertEquals(group.target(), group.keys().getFirst());
    assertNull(search.nextGroup(0));
    assertFalse(search.done());
    List<Contact> all = Contacts.random(random, 7);
    search.finished(group, covered(group.target(), all), 7);
    assertTrue(search.done());
    assertEquals(7, search.calls());
    assertEquals(keys, List.copyOf(search.result().keySet()), "in the asked order");
  }

  @Test
  void nodesAgreeWhenThatManyNamedTheSameProvider() {
    Key key = Key.random(random);
    Contact holder = Contacts.random(random);
    Contact invention = Contacts.random(random);
    ProviderSearch search = new ProviderSearch(List.of(key), 1_000, 32);
    ProviderSearch.Group group = search.nextGroup(0);
    assertNotNull(group);
    assertFalse(search.isAgreed(group, 1), "nobody named any");
    search.found(key, List.of(invention, invention, invention));
    assertFalse(search.isAgreed(group, 2), "one node named it, however often");
    search.found(key, List.of(holder));
    assertFalse(search.isAgreed(group, 2), "two nodes named two");
    search.found(key, List.of(holder));
    assertTrue(search.isAgreed(group, 2));
  }

  @Test
  void everyKeyIsCoveredWithAboutOneLookupPerRegion() {
    List<Contact> all = Contacts.random(random, 2_000);
    List<Key> keys = keys(3_000);
    for (int guess : new int[] {0, 6, 14}) {
      ProviderSearch search = new ProviderSearch(keys, 100_000, 32);
      int lookups = 0;
      ProviderSearch.Group group = search.nextGroup(guess);
      while (group != null) {
        lookups++;
        List<Contact> closest = Contacts.closest(all, group.target(), 20);
        search.finished(group, covered(group.target(), closest), 20);
        group = search.nextGroup(guess);
      }
      assertTrue(search.done());
      int bound = guess == 14 ? 3_000 : 300;
      assertTrue(lookups <= bound, lookups + " lookups with guess " + guess);
    }
  }

  @Test
  void aRegionHoldsAllNodesOfItsSubtree() {
    List<Contact> all = Contacts.random(random, 500);
    for (int i = 0; i < 100; i++) {
      Key target = Key.random(random);
      Region region = covered(target, Contacts.closest(all, target, 20));
      for (Contact each : all) {
        assertTrue(!region.covers(each.id()) || region.nodes().contains(each));
      }
      assertTrue(region.covers(target));
    }
  }

  @Test
  void providersThatMoreNodesNameComeFirst() {
    Key key = Key.random(random);
    List<Contact> lies = Contacts.random(random, 500);
    List<Contact> truth = Contacts.random(random, 5);
    ProviderSearch search = new ProviderSearch(List.of(key, key), 1_000, 8);
    search.found(key, lies);
    search.found(key, truth);
    search.found(key, truth);
    search.found(Key.random(random), lies);
    List<Contact> found = search.result().get(key);
    assertNotNull(found);
    assertEquals(truth, found.subList(0, 5));
    assertEquals(8, found.size(), "no more than wanted");
    assertEquals(1, search.result().size(), "only what was asked, once");
  }

  @Test
  void noKeysAreDoneAtOnce() {
    assertTrue(new ProviderSearch(List.of(), 10, 10).done());
  }

  private static Region covered(Key target, List<Contact> closest) {
    return new Region(target, Region.bitsOf(target, closest, 20), closest);
  }

  private List<Key> keys(int count) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(Key.random(random));
    }
    return keys;
  }
}
