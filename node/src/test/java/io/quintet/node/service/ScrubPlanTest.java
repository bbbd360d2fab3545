package io.quintet.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScrubPlanTest {
  private static final Key ID = new Key(1, 2, 3, 4);
  private static final int MIB = 1 << 20;

  @Test
  void aPlaceComesBackFromItsText() {
    for (ScrubPlan plan :
        new ScrubPlan[] {
          ScrubPlan.begin(5), ScrubPlan.begin(5).read(ID), ScrubPlan.begin(5).read(ID).finished()
        }) {
      assertEquals(Optional.of(plan), ScrubPlan.parse(plan.text()));
    }
  }

  @Test
  void aDamagedPlaceIsNoPlace() {
    String right = ScrubPlan.begin(5).read(ID).text();
    for (String wrong :
        new String[] {"", "scrub", right.substring(3), right.replace("scrub 1", "scrub 2"), "x"}) {
      assertEquals(Optional.empty(), ScrubPlan.parse(wrong), wrong);
    }
  }

  @Test
  void workTakesAtMostFivePercentOfACore() {
    for (long millis : new long[] {1, 3, 5}) {
      long work = Duration.ofMillis(millis).toNanos();
      Duration pause =
          ScrubPlan.begin(0).pause(1, new ScrubPlan.Cost(MIB, work), 1_000_000_000, false);
      assertTrue(20.0 * work <= work + pause.toNanos(), () -> millis + " ms, then " + pause);
    }
  }

  @Test
  void aSlowDiskDoesNotMakeThePassLonger() {
    Duration pause =
        ScrubPlan.begin(0)
            .pause(1, new ScrubPlan.Cost(MIB, Duration.ofSeconds(2).toNanos()), 1 << 30, false);
    assertTrue(pause.compareTo(Duration.ofMillis(150)) < 0, pause::toString);
  }

  /// The promise of 14 days for as much as five percent of a slow core can hash.
  @Test
  void everyByteOfTenTerabytesIsReadWithinFourteenDays() {
    long chunks = 10_000_000_000_000L / MIB;
    long nowMillis = 0;
    ScrubPlan plan = ScrubPlan.begin(0);
    ScrubPlan.Cost cost = new ScrubPlan.Cost(MIB, Duration.ofMillis(4).toNanos());
    for (long left = chunks; left > 0; left -= 1_000) {
      nowMillis += 1_000 * (4 + plan.pause(nowMillis, cost, left, false).toMillis());
    }
    Duration took = Duration.ofMillis(nowMillis);
    assertTrue(took.compareTo(Duration.ofDays(14)) < 0, took::toString);
  }

  @Test
  void aPassOfMiddleSizeIsSpreadOverItsTime() {
    long nowMillis = 0;
    ScrubPlan plan = ScrubPlan.begin(0);
    for (long left = 100_000; left > 0; left--) {
      nowMillis +=
          plan.pause(nowMillis, new ScrubPlan.Cost(MIB, 1_000_000), left, false).toMillis();
    }
    assertTrue(nowMillis <= ScrubPlan.PASS.toMillis());
    assertTrue(nowMillis >= ScrubPlan.PASS.toMillis() * 9 / 10);
  }

  @Test
  void whoAsksForAPassDoesNotWaitForDays() {
    Duration pause = ScrubPlan.begin(0).pause(1, new ScrubPlan.Cost(MIB, 1_000_000), 3, true);
    assertEquals(Duration.ofMillis(19), pause);
  }

  @Test
  void aClockThatWentBackStartsThePassAgain() {
    assertEquals(Duration.ZERO, ScrubPlan.begin(1_000_000).untilNextPass(10));
    assertEquals(ScrubPlan.PASS, ScrubPlan.begin(10).untilNextPass(10));
    assertEquals(Duration.ZERO, ScrubPlan.begin(10).untilNextPass(10 + ScrubPlan.PASS.toMillis()));
  }
}
