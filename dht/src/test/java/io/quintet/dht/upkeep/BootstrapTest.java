package io.quintet.dht.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BootstrapTest {
  private final Bootstrap bootstrap = new Bootstrap();

  @Test
  void nothingHappensWhileNobodyIsKnown() {
    assertFalse(bootstrap.due(1_000_000));
    assertEquals(Long.MAX_VALUE, bootstrap.nextWakeup());
  }

  @Test
  void theOwnIdIsLookedUpSoonAfterTheFirstContactAndOnceMoreWhenTheDustHasSettled() {
    bootstrap.joined(1_000, 1);
    assertFalse(bootstrap.due(1_000), "further contacts get a moment to answer");
    assertTrue(bootstrap.due(bootstrap.nextWakeup()));
    assertFalse(bootstrap.due(2_000), "one lookup at a time");
    assertEquals(Bootstrap.Round.FIRST, bootstrap.looked(2_000, 30));
    assertFalse(bootstrap.due(2_000));
    assertEquals(5_000, bootstrap.nextWakeup());
    assertTrue(bootstrap.due(5_000));
    assertEquals(Bootstrap.Round.LATER, bootstrap.looked(5_100, 30));
    assertEquals(Bootstrap.State.SETTLED, bootstrap.state());
    assertEquals(Long.MAX_VALUE, bootstrap.nextWakeup());
  }

  @Test
  void whoKnowsManyDoesNotLookAgainForEveryNewcomer() {
    settle(20);
    bootstrap.joined(20_000, 80);
    assertEquals(Bootstrap.State.SETTLED, bootstrap.state());
  }

  @Test
  void whoHasComeToKnowManyLooksNoMore() {
    settle(12);
    bootstrap.joined(11_000, 20);
    assertTrue(bootstrap.due(13_000), "the look that was due anyway");
    assertEquals(Bootstrap.Round.CHECK, bootstrap.looked(13_100, 21));
    assertEquals(Long.MAX_VALUE, bootstrap.nextWakeup());
    bootstrap.joined(14_000, 22);
    assertEquals(Long.MAX_VALUE, bootstrap.nextWakeup());
    bootstrap.joined(15_000, 24);
    assertTrue(bootstrap.due(bootstrap.nextWakeup()), "twice as many: all over again");
    assertEquals(Bootstrap.Round.FIRST, bootstrap.looked(15_100, 24));
  }

  @Test
  void aNewcomerAmongFewIsWorthOneCheck() {
    settle(4);
    bootstrap.joined(20_000, 5);
    bootstrap.joined(20_010, 6);
    assertTrue(bootstrap.due(bootstrap.nextWakeup()));
    assertEquals(Bootstrap.Round.CHECK, bootstrap.looked(23_100, 6));
    assertEquals(Bootstrap.State.SETTLED, bootstrap.state());
  }

  @Test
  void newcomersOneAfterTheOtherAreWorthOneCheckTogetherButNotForEver() {
    settle(10);
    assertTrue(bootstrap.due(13_000));
    assertEquals(Bootstrap.Round.CHECK, bootstrap.looked(100_000, 10));
    assertTrue(bootstrap.due(106_000));
    assertEquals(Bootstrap.Round.CHECK, bootstrap.looked(200_000, 10));
    assertTrue(bootstrap.due(212_000));
    assertEquals(Bootstrap.Round.CHECK, bootstrap.looked(300_000, 10));
    assertEquals(324_000, bootstrap.nextWakeup());
    for (int i = 0; i < 5; i++) {
      bootstrap.joined(301_000 + 2_000 * i, 11 + i);
      assertEquals(304_000 + 2_000 * i, bootstrap.nextWakeup());
    }
    bootstrap.joined(311_000, 16);
    assertEquals(313_000, bootstrap.nextWakeup());
    assertTrue(bootstrap.due(313_000));
    bootstrap.looked(313_000, 16);
    bootstrap.joined(320_000, 17);
    assertEquals(323_000, bootstrap.nextWakeup());
  }

  @Test
  void whoKnowsFewLooksAgainEverMoreRarelyInCaseItIsOnAnIsland() {
    settle(4);
    long now = 10_000;
    for (long pause : new long[] {3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000}) {
      assertEquals(now + pause, bootstrap.nextWakeup());
      now += pause;
      assertTrue(bootstrap.due(now));
      assertEquals(Bootstrap.Round.CHECK, bootstrap.looked(now, 4));
    }
    bootstrap.joined(now, 5);
    assertEquals(now + 3_000, bootstrap.nextWakeup());
  }

  @Test
  void anIslandThatMeetsTheMainlandStartsOver() {
    settle(4);
    bootstrap.joined(20_000, 5);
    assertTrue(bootstrap.due(bootstrap.nextWakeup()));
    assertEquals(Bootstrap.Round.CHECK, bootstrap.looked(23_100, 20));
    assertTrue(bootstrap.due(bootstrap.nextWakeup()));
    assertEquals(Bootstrap.Round.FIRST, bootstrap.looked(24_000, 60));
  }

  @Test
  void twiceAsManyContactsStartOverWithoutACheck() {
    settle(4);
    bootstrap.joined(20_000, 8);
    assertTrue(bootstrap.due(bootstrap.nextWakeup()));
    assertEquals(Bootstrap.Round.FIRST, bootstrap.looked(21_000, 8));
  }

  @Test
  void whoLostItsLastContactStartsOverWithTheNextOne() {
    bootstrap.joined(0, 1);
    assertTrue(bootstrap.due(50));
    bootstrap.emptied();
    assertEquals(Bootstrap.Round.VOID, bootstrap.looked(60, 0));
    assertEquals(Bootstrap.State.ALONE, bootstrap.state());
    bootstrap.joined(100, 1);
    assertTrue(bootstrap.due(150));
    assertEquals(Bootstrap.Round.FIRST, bootstrap.looked(200, 1));
  }

  private void settle(int contacts) {
    bootstrap.joined(0, 1);
    while (bootstrap.state() != Bootstrap.State.SETTLED) {
      assertTrue(bootstrap.due(bootstrap.nextWakeup()));
      bootstrap.looked(10_000, contacts);
    }
  }
}
