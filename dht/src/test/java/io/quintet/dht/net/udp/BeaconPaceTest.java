package io.quintet.dht.net.udp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BeaconPaceTest {
  @ParameterizedTest
  @CsvSource({
    "0, 2000",
    "20, 2000",
    "40, 2000",
    "50, 2500",
    "599, 29950",
    "600, 30000",
    "1000000, 30000",
    "2147483647, 30000"
  })
  void theMoreNodesTheRarerAHelloAndNeverInStep(int nodesSeen, long millis) {
    Random random = new Random(7);
    long min = Long.MAX_VALUE;
    long max = 0;
    for (int i = 0; i < 1_000; i++) {
      long next = BeaconPace.nextMillis(3 + i, nodesSeen, random);
      min = Math.min(min, next);
      max = Math.max(max, next);
    }
    assertTrue(min >= millis * 9 / 10 && max <= millis * 11 / 10, min + ".." + max);
    assertTrue(max - min > millis / 10, min + ".." + max);
  }

  @Test
  void threeHellosAreSaidInTheFirstSecond() {
    Random random = new Random(7);
    long start = 0;
    for (int sent = 1; sent < 3; sent++) {
      start += BeaconPace.nextMillis(sent, 1_000, random);
    }
    assertTrue(start < 1_000, start + " ms");
  }

  @Test
  void aSourceGetsItsShareOfEverySecondAndAllTogetherTheirs() {
    SourceLimit limit = new SourceLimit(2, 3);
    long second = 1_000_000_000;
    assertTrue(limit.take("a", second));
    assertTrue(limit.take("a", second));
    assertFalse(limit.take("a", second));
    assertTrue(limit.take("b", second + 1));
    assertFalse(limit.take("c", second + 2), "three in all were taken");
    assertFalse(limit.take("a", 2 * second - 1));
    assertTrue(limit.take("a", 2 * second));
    assertTrue(limit.take("c", 2 * second));
  }

  @Test
  void theShareDoesNotDependOnTheSignOfTheClock() {
    SourceLimit limit = new SourceLimit(1, 1);
    assertTrue(limit.take("a", Long.MAX_VALUE - 5));
    assertFalse(limit.take("a", Long.MIN_VALUE + 5), "the clock has just turned over");
    assertTrue(limit.take("a", Long.MIN_VALUE + 1_000_000_000));
  }
}
