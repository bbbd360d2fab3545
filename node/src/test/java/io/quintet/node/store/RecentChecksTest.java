package io.quintet.node.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentChecksTest {
  private static final Key ID = new Key(1, 2, 3, 4);

  private final AtomicLong nanos = new AtomicLong(7);
  private final RecentChecks checks = new RecentChecks(nanos::get);

  private static FileLook look(long size, int changed) {
    return new FileLook(true, size, changed, "inode");
  }

  @Test
  void aCheckCountsForATimeAndForTheFileAsItLookedThen() {
    assertFalse(checks.covers(ID, look(5, 1)));
    checks.passed(ID, look(5, 1));
    assertTrue(checks.covers(ID, look(5, 1)));
    assertFalse(checks.covers(ID, look(5, 2)), "somebody wrote to it");
    assertFalse(checks.covers(new Key(1, 2, 3, 5), look(5, 1)));
    nanos.addAndGet(RecentChecks.VALID.toNanos());
    assertFalse(checks.covers(ID, look(5, 1)), "memory may have forgotten the bytes by now");
  }

  @Test
  void whatIsForgottenIsCheckedAgain() {
    checks.passed(ID, look(5, 1));
    checks.forget(ID);
    assertFalse(checks.covers(ID, look(5, 1)));
  }

  @Test
  void onlySoManyChecksAreRemembered() {
    checks.passed(ID, look(5, 1));
    for (int i = 0; i < 20_000; i++) {
      checks.passed(new Key(9, 9, 9, i), look(5, 1));
    }
    assertFalse(checks.covers(ID, look(5, 1)));
  }
}
