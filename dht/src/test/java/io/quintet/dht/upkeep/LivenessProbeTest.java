package io.quintet.dht.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import io.quintet.dht.routing.ContactPolicy;
import io.quintet.dht.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LivenessProbeTest {
  private static final long INTERVAL = 5_000;
  private static final long GAP = 1_000;

  private final SplittableRandom random = new SplittableRandom(12);
  private final RoutingTable table =
      new RoutingTable(Key.random(random), 20, new ContactPolicy(20, 0));
  private final List<Contact> pinged = new ArrayList<>();
  private final LivenessProbe probe = new LivenessProbe(INTERVAL, GAP);

  @Test
  void anEmptyTableNeedsNoWakeup() {
    assertNull(due(0));
    assertEquals(Long.MAX_VALUE, probe.nextWakeup());
  }

  @Test
  void theContactThatWasQuietForTheLongestTimeIsProbedFirst() {
    Contact first = add(0);
    Contact second = add(2_000);
    assertNull(due(4_900));
    assertEquals(first, due(5_000));
    table.touch(5_100, first, 10);
    assertNull(due(6_900));
    assertEquals(second, due(7_000));
  }

  @Test
  void whoAnsweredLatelyIsNotProbed() {
    Contact contact = add(0);
    table.touch(4_000, contact, 10);
    assertNull(due(5_000));
    assertEquals(9_000, probe.nextWakeup());
    assertEquals(contact, due(9_000));
  }

  @Test
  void betweenTwoProbesLiesAGapHoweverManyAreQuiet() {
    Contact first = add(0);
    Contact second = add(100);
    assertEquals(first, due(20_000));
    assertNull(due(20_999));
    table.touch(20_999, first, 10);
    assertEquals(second, due(21_000));
  }

  @Test
  void theSilenceOfAContactThatIsPingedAlreadyDoesNotKeepOthersFromBeingProbed() {
    Contact dead = add(0);
    Contact other = add(100);
    assertEquals(dead, due(20_000));
    pinged.add(dead);
    assertEquals(other, due(21_000));
    pinged.add(other);
    assertNull(due(22_000));
    assertEquals(22_000 + INTERVAL, probe.nextWakeup());
  }

  private @Nullable Contact due(long now) {
    return probe.due(now, table, pinged::contains);
  }

  private Contact add(long now) {
    Contact contact = Contacts.random(random);
    table.observe(now, contact, 1);
    probe.added(now);
    return contact;
  }
}
