package io.quintet.dht.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTripsTest {
  private final RoundTrips roundTrips = new RoundTrips();

  @Test
  void answersAreWaitedForAsLongAsUsualWhileTheyAreQuick() {
    assertEquals(1_000, roundTrips.patienceMillis(1_000, 4_000), "nothing is known");
    answered(20, 50);
    assertEquals(1_000, roundTrips.patienceMillis(1_000, 4_000));
  }

  @Test
  void answersAreWaitedForLongerWhileMostTakeLongButNotForEver() {
    answered(20, 900);
    long patience = roundTrips.patienceMillis(500, 4_000);
    assertTrue(patience >= 900 && patience <= 1_200, patience + " ms");
    answered(20, 30_000);
    assertEquals(4_000, roundTrips.patienceMillis(500, 4_000));
    answered(60, 50);
    assertEquals(500, roundTrips.patienceMillis(500, 4_000), "it passes");
  }

  private void answered(int times, long tookMillis) {
    for (int i = 0; i < times; i++) {
      roundTrips.answered(tookMillis);
    }
  }
}
