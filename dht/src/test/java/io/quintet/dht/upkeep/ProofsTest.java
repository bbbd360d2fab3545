package io.quintet.dht.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProofsTest {
  private final SplittableRandom random = new SplittableRandom(11);
  private final Proofs proofs = new Proofs(2, 500);
  private final Contact contact = Contacts.random(random);

  @Test
  void aContactIsPingedOnceHoweverOftenItIsNamed() {
    assertTrue(proofs.want(0, contact, 2, false));
    assertTrue(proofs.want(0, contact, 2, false));
    assertEquals(contact, proofs.due(0));
    assertNull(proofs.due(0));
    assertTrue(proofs.want(1, contact, 2, false));
    assertNull(proofs.due(10_000), "one ping is open");
  }

  @Test
  void aRefusedPingIsRepeatedAfterAPauseUntilTheAttemptsAreUsedUp() {
    proofs.want(0, contact, 2, true);
    assertEquals(contact, proofs.due(0));
    assertEquals(Proofs.Verdict.RETRY, proofs.failed(10, contact, true));
    assertEquals(500, proofs.nextWakeup());
    assertNull(proofs.due(499));
    assertEquals(contact, proofs.due(500));
    assertEquals(Proofs.Verdict.DEAD, proofs.failed(510, contact, true));
    assertFalse(proofs.pending(contact));
    assertEquals(Proofs.Verdict.UNKNOWN, proofs.failed(600, contact, true));
  }

  @Test
  void aPingThatWasWaitedForIsRepeatedAtOnce() {
    proofs.want(0, contact, 2, true);
    assertEquals(contact, proofs.due(0));
    assertEquals(Proofs.Verdict.RETRY, proofs.failed(1_000, contact, true));
    assertEquals(contact, proofs.due(1_000));
  }

  @Test
  void theSmallerNumberOfAttemptsHolds() {
    proofs.want(0, contact, 3, true);
    proofs.want(0, contact, 1, true);
    assertEquals(contact, proofs.due(0));
    assertEquals(Proofs.Verdict.DEAD, proofs.failed(1_000, contact, true));
  }

  @Test
  void strangersBeyondTheBoundAreRefusedMembersNever() {
    assertTrue(proofs.want(0, Contacts.random(random), 2, false));
    assertTrue(proofs.want(0, Contacts.random(random), 2, false));
    assertFalse(proofs.want(0, contact, 2, false));
    assertTrue(proofs.want(0, contact, 2, true));
  }

  @Test
  void aStrangerThatFailedIsLeftAloneForAWhile() {
    proofs.want(0, contact, 1, false);
    assertEquals(contact, proofs.due(0));
    assertEquals(Proofs.Verdict.DEAD, proofs.failed(1_000, contact, false));
    assertFalse(proofs.want(2_999, contact, 1, false));
    assertTrue(proofs.want(2_999, contact, 1, true), "a member does not rest");
    assertTrue(proofs.proved(contact));
    assertTrue(proofs.want(2_999, contact, 1, false), "an answer ends the rest");
  }

  @Test
  void anAnswerThatNobodyWaitsForChangesNothing() {
    assertFalse(proofs.proved(contact));
    assertEquals(Long.MAX_VALUE, proofs.nextWakeup());
    assertNull(proofs.due(0));
  }
}
