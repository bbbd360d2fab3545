package io.quintet.dht.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
  private static final int K = 4;
  private static final ContactPolicy POLICY = new ContactPolicy(2, 3);

  private final SplittableRandom random = new SplittableRandom(5);
  private final Key self = Key.random(random);
  private final RoutingTable table = new RoutingTable(self, K, POLICY);

  @Test
  void theOwnerNeverEnters() {
    TableChange change = table.observe(0, new Contact(self, "10.0.0.1", 1), 1);
    assertEquals(new TableChange.Rejected(TableChange.Reason.SELF), change);
    assertEquals(0, table.size());
  }

  @Test
  void aTableThatIsFilledAtOnceIsTheSameAsIfAllHadBeenObserved() {
    ContactPolicy roomy = new ContactPolicy(100, 3);
    RoutingTable filled = new RoutingTable(self, 100, roomy);
    RoutingTable observed = new RoutingTable(self, 100, roomy);
    List<Contact> contacts = Contacts.random(random, 37);
    contacts.forEach(each -> observed.observe(5_000, each, 1));
    Contact[] sorted = contacts.toArray(Contact[]::new);
    Arrays.sort(sorted, Comparator.comparing(Contact::id));
    filled.fill(5_000, sorted, prefixesOf(sorted));
    assertEquals(observed.contacts(), filled.contacts());
    assertEquals(observed.bytes(), filled.bytes());
    Contact any = contacts.get(7);
    assertEquals(5_000, filled.seenMillis(any));
    assertEquals(new TableChange.Refreshed(), filled.observe(6_000, any, 1));
    assertEquals(new TableChange.Restarted(), filled.observe(7_000, any, 2));
    assertTrue(filled.remove(any));
    assertEquals(new TableChange.Added(), filled.observe(8_000, any, 1));
    assertEquals(contacts.size(), filled.size());
    assertThrows(IllegalStateException.class, () -> filled.fill(9_000, sorted, prefixesOf(sorted)));
  }

  private static int[] prefixesOf(Contact[] contacts) {
    return Arrays.stream(contacts).mapToInt(each -> each.id().prefix()).toArray();
  }

  @Test
  void aFullFarBucketKeepsItsContactsAndNamesTheOldest() {
    fillNeighbourhood();
    List<Contact> far = new ArrayList<>();
    for (int i = 0; i < K; i++) {
      far.add(inBucket(0));
      assertInstanceOf(TableChange.Added.class, table.observe(1_000L * i, far.get(i), 1));
    }
    table.observe(10_000, far.getFirst(), 1);
    Contact late = inBucket(0);
    assertEquals(new TableChange.Full(far.get(1)), table.observe(11_000, late, 1));
    assertNull(table.find(late.id()));
    assertTrue(table.remove(far.get(1)));
    assertEquals(late, table.takeReplacement(far.get(1).id()));
    assertInstanceOf(TableChange.Added.class, table.observe(12_000, late, 1));
  }

  @Test
  void theNeighbourhoodIsKeptCompleteBeyondTheSizeOfABucket() {
    for (int i = 0; i < 40; i++) {
      table.observe(i, inBucket(0), 1);
    }
    assertTrue(table.bucketSize(0) >= K, "the nearest k are all in bucket 0");
    assertTrue(table.bucketSize(0) <= 2 * K);
  }

  @Test
  void theLatestOfThoseThatWaitIsPreferredAndFewWait() {
    fillNeighbourhood();
    for (int i = 0; i < K; i++) {
      table.observe(i, inBucket(0), 1);
    }
    List<Contact> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(inBucket(0));
      table.offerReplacement(waiting.get(i));
    }
    table.offerReplacement(waiting.get(3));
    Key id = waiting.getFirst().id();
    assertEquals(waiting.get(3), table.takeReplacement(id));
    assertEquals(waiting.get(4), table.takeReplacement(id));
    assertEquals(waiting.get(2), table.takeReplacement(id));
    assertNull(table.takeReplacement(id));
  }

  @Test
  void aProvenIdAtANewAddressReplacesTheOldOne() {
    Contact old = inBucket(3);
    Contact moved = new Contact(old.id(), "10.9.9.9", 77);
    table.observe(0, old, 1);
    assertEquals(new TableChange.Replaced(old), table.observe(1, moved, 1));
    assertEquals(moved, table.find(old.id()));
    assertFalse(table.remove(old), "the old address is not in the table any more");
    assertEquals(1, table.size());
  }

  @Test
  void anotherBootMeansThatTheNodeRestarted() {
    Contact contact = inBucket(3);
    table.observe(0, contact, 1);
    assertInstanceOf(TableChange.Refreshed.class, table.observe(1, contact, 1));
    assertInstanceOf(TableChange.Restarted.class, table.observe(2, contact, 2));
    assertInstanceOf(TableChange.Refreshed.class, table.observe(3, contact, 2));
  }

  @Test
  void oneHostHasItsShareOfABucketUnlessItIsLoopback() {
    for (int i = 0; i < 3; i++) {
      Contact contact = new Contact(self.withRandomTail(1, random), "10.0.0.7", 1 + i);
      TableChange change = table.observe(0, contact, 1);
      assertEquals(
          i < 2 ? new TableChange.Added() : new TableChange.Rejected(TableChange.Reason.HOST_SHARE),
          change);
      Contact other = new Contact(self.withRandomTail(2, random), "127.0.0.1", 1 + i);
      assertInstanceOf(TableChange.Added.class, table.observe(0, other, 1));
    }
  }

  @Test
  void closestIsWhatSortingFinds() {
    List<Contact> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Contact contact =
          new Contact(self.withRandomTail(random.nextInt(12), random), "127.0.0.1", 1 + i);
      if (table.observe(0, contact, 1) instanceof TableChange.Added) {
        all.add(contact);
      }
    }
    assertEquals(all.size(), table.size());
    for (int i = 0; i < 300; i++) {
      Key target = i % 2 == 0 ? Key.random(random) : self.withRandomTail(i % 20, random);
      int count = random.nextInt(all.size() + 5);
      assertEquals(Contacts.closest(all, target, count), table.closest(target, count));
    }
  }

  @Test
  void randomOperationsAgreeWithASimpleModel() {
    long seed = System.getProperty("seed") == null ? 42 : Long.getLong("seed");
    SplittableRandom draws = new SplittableRandom(seed);
    Map<Key, Contact> model = new LinkedHashMap<>();
    List<Contact> pool = Contacts.random(draws, 60);
    for (int step = 0; step < 5_000; step++) {
      Contact contact = pool.get(draws.nextInt(pool.size()));
      String where = "seed " + seed + ", step " + step;
      switch (draws.nextInt(4)) {
        case 0, 1 -> {
          switch (table.observe(step, contact, 1)) {
            case TableChange.Added() -> assertNull(model.put(contact.id(), contact), where);
            case TableChange.Refreshed() -> assertEquals(contact, model.get(contact.id()), where);
            case TableChange.Full(Contact oldest) -> {
              assertTrue(model.containsKey(oldest.id()), where);
              assertFalse(model.containsKey(contact.id()), where);
            }
            case TableChange.Restarted(), TableChange.Replaced _, TableChange.Rejected _ ->
                throw new AssertionError(where);
          }
        }
        case 2 -> assertEquals(model.remove(contact.id()) != null, table.remove(contact), where);
        default -> table.touch(step, contact, 5);
      }
      assertEquals(
          model.values().stream().sorted(Comparator.comparing(Contact::id)).toList(),
          table.contacts(),
          where);
    }
  }

  @Test
  void howLongToWaitForAContactFollowsItsAnswers() {
    Contact contact = inBucket(3);
    assertEquals(1_000, table.timeoutMillis(contact, 100, 2_000, 1_000));
    table.observe(0, contact, 1);
    table.touch(0, contact, 0);
    assertEquals(1_000, table.timeoutMillis(contact, 100, 2_000, 1_000), "no answer was measured");
    table.touch(0, contact, 200);
    assertEquals(200 + 4 * 100, table.timeoutMillis(contact, 100, 2_000, 1_000));
    for (int i = 0; i < 100; i++) {
      table.touch(0, contact, 200);
    }
    assertTrue(table.timeoutMillis(contact, 100, 2_000, 1_000) < 250, "steady answers");
    assertEquals(400, table.timeoutMillis(contact, 400, 2_000, 1_000));
    table.touch(0, contact, 1_000_000);
    assertEquals(2_000, table.timeoutMillis(contact, 100, 2_000, 1_000));
    Contact moved = new Contact(contact.id(), "10.3.3.3", 3);
    table.observe(0, moved, 1);
    assertEquals(1_000, table.timeoutMillis(moved, 100, 2_000, 1_000), "the way is another");
  }

  @Test
  void densitySaysHowManyBitsTheNearestKShare() {
    assertEquals(0, table.densityBits());
    assertEquals(-1, table.deepestBucket());
    for (int i = 0; i < K; i++) {
      table.observe(0, inBucket(7), 1);
    }
    table.observe(0, inBucket(2), 1);
    assertEquals(7, table.densityBits());
    assertEquals(7, table.deepestBucket());
  }

  private void fillNeighbourhood() {
    for (int i = 0; i < K; i++) {
      table.observe(0, inBucket(20), 1);
    }
  }

  private Contact inBucket(int bits) {
    return new Contact(self.withRandomTail(bits, random), Contacts.random(random).host(), 1 + bits);
  }
}
