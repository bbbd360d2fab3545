package io.quintet.dht.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import io.quintet.dht.routing.ContactPolicy;
import io.quintet.dht.routing.RoutingTable;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LivenessProbeTest {
  private static final long INTERVAL = 5_000;
  private static final long GAP = 1_000;

  private final SplittableRandom random = new SplittableRandom(12);
  private final RoutingTable table =
      new RoutingTable(Key.random(random), 20, new ContactPolicy(20, 0));
  private final LivenessProbe probe = new LivenessProbe(INTERVAL, GAP);

  @Test
  void anEmptyTableNeedsNoWakeup() {
    assertNull(probe.due(0, table));
    assertEquals(Long.MAX_VALUE, probe.nextWakeup());
  }

  @Test
  void theContactThatWasQuietForTheLongestTimeIsProbedFirst() {
    Contact first = add(0);
    Contact second = add(2_000);
    assertNull(probe.due(4_900, table));
    assertEquals(first, probe.due(5_000, table));
    table.touch(5_100, first, 10);
    assertNull(probe.due(6_900, table));
    assertEquals(second, probe.due(7_000, table));
  }

  @Test
  void whoAnsweredLatelyIsNotProbed() {
    Contact contact = add(0);
    table.touch(4_000, contact, 10);
    assertNull(probe.due(5_000, table));
    assertEquals(9_000, probe.nextWakeup());
    assertEquals(contact, probe.due(9_000, table));
  }

  @Test
  void betweenTwoProbesLiesAGapHoweverManyAreQuiet() {
    Contact first = add(0);
    Contact second = add(100);
    assertEquals(first, probe.due(20_000, table));
    assertNull(probe.due(20_999, table));
    table.touch(20_999, first, 10);
    assertEquals(second, probe.due(21_000, table));
  }

  private Contact add(long now) {
    Contact contact = Contacts.random(random);
    table.observe(now, contact, 1);
    probe.added(now);
    return contact;
  }
}
