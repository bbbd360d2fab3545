package io.quintet.dht.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What HELLOs spare, and what they cannot do.
class GreetingTest {
  private static final long RUN = 1;

  private final SplittableRandom random = new SplittableRandom(22);
  private final Contact self = Contacts.random(random);
  private final Contact member = Contacts.random(random);
  private final DhtEngine engine = new DhtEngine(self, DhtConfig.defaults(), 1);
  private final List<DhtEffect.Ask> pings = new ArrayList<>();
  private final Queue<DhtEffect> effects = new ArrayDeque<>();
  private long now = 1_000_000;
  private boolean alive = true;

  /// Among so many that nobody is looked up, which would be a call of the member, too.
  GreetingTest() {
    List<Contact> contacts = new ArrayList<>(Contacts.random(random, 20));
    contacts.add(member);
    contacts.sort(Comparator.comparing(Contact::id));
    engine.settle(
        now,
        contacts.toArray(Contact[]::new),
        contacts.stream().mapToInt(each -> each.id().prefix()).toArray());
  }

  @Test
  void aStrangerThatSaysHelloIsPinged() {
    alive = false;
    Contact stranger = Contacts.random(random);
    tell(new DhtEvent.Greeted(stranger, 1));
    assertEquals(List.of(stranger), pings.stream().map(DhtEffect.Ask::to).toList());
    assertFalse(engine.members().contains(stranger));
  }

  @Test
  void aMemberThatGreetsIsPingedOnceAMinuteInsteadOfEveryFewSeconds() {
    greet(600_000);
    assertTrue(pings.size() >= 9 && pings.size() <= 10, pings.size() + " pings in ten minutes");
    assertTrue(isMember());
  }

  @Test
  void whoNoLongerGreetsIsPingedAsEver() {
    greet(30_000);
    assertEquals(0, pings.size());
    long died = now;
    alive = false;
    while (isMember()) {
      now = engine.nextWakeup();
      assertTrue(now - died <= 15_000, "still a member after " + (now - died) + " ms");
      tell(new DhtEvent.Wakeup());
    }
  }

  @Test
  void greetingsInTheNameOfADeadNodeKeepItForAMinuteAndNoLonger() {
    alive = false;
    greet(80_000);
    assertFalse(isMember());
  }

  @Test
  void aGreetingOfAnotherRunIsFollowedByAPingAtOnce() {
    alive = false;
    tell(new DhtEvent.Greeted(member, RUN + 1));
    assertEquals(1, pings.size());
    assertTrue(isMember());
  }

  @Test
  void aCallIsFollowedByAPingUnlessItNamesTheRunThatTheMemberProved() {
    alive = false;
    now += 2_000;
    tell(new DhtEvent.Asked(1, member, RUN, new DhtRequest.Ping()));
    assertEquals(0, pings.size());
    tell(new DhtEvent.Asked(2, member, RUN + 1, new DhtRequest.Ping()));
    assertEquals(1, pings.size());
  }

  @Test
  void aCallThatNamesNoRunIsFollowedByAPing() {
    alive = false;
    now += 2_000;
    tell(new DhtEvent.Asked(1, member, 0, new DhtRequest.Ping()));
    assertEquals(1, pings.size());
  }

  @Test
  void callsInTheNameOfADeadNodeKeepItNoLonger() {
    alive = false;
    for (int second = 1; second <= 15; second++) {
      long next = now + 1_000;
      while (engine.nextWakeup() <= next) {
        now = Math.max(now, engine.nextWakeup());
        tell(new DhtEvent.Wakeup());
      }
      now = next;
      tell(new DhtEvent.Asked(second, member, RUN, new DhtRequest.Ping()));
    }
    assertFalse(isMember());
  }

  @Test
  void aGreetingFromElsewhereSparesNothing() {
    alive = false;
    Contact elsewhere = new Contact(member.id(), "10.9.9.9", 999);
    for (int i = 0; i < 30; i++) {
      now += 1_000;
      tell(new DhtEvent.Greeted(elsewhere, RUN));
    }
    assertTrue(pings.stream().anyMatch(ping -> ping.to().equals(member)), pings.toString());
  }

  private boolean isMember() {
    return engine.members().contains(member);
  }

  /// A HELLO of the member every two seconds.
  private void greet(long millis) {
    long end = now + millis;
    for (long next = now + 2_000; next <= end; next += 2_000) {
      while (engine.nextWakeup() <= next) {
        now = Math.max(now, engine.nextWakeup());
        tell(new DhtEvent.Wakeup());
      }
      now = next;
      tell(new DhtEvent.Greeted(member, RUN));
    }
  }

  private void tell(DhtEvent event) {
    engine.handle(now, event, effects::add);
    for (DhtEffect effect = effects.poll(); effect != null; effect = effects.poll()) {
      if (effect instanceof DhtEffect.Ask ask) {
        boolean anyOther = engine.members().contains(ask.to()) && !ask.to().equals(member);
        if (!anyOther) {
          pings.add(ask);
        }
        if (anyOther || alive) {
          tell(new DhtEvent.Answered(ask.rpcId(), new DhtResponse.Pong(RUN)));
        }
      }
    }
  }
}
