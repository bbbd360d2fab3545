package io.quintet.dht.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IterativeLookupTest {
  private static final int K = 8;
  private static final LookupShape SHAPE = new LookupShape(K, 3, 1, 200, 100);

  private final SplittableRandom random = new SplittableRandom(3);
  private final Key target = Key.random(random);

  @Test
  void itFindsTheClosestResponsiveNodesAndAskedEachOfThem() {
    for (int paths = 1; paths <= 3; paths++) {
      List<Contact> all = Contacts.random(random, 300);
      Set<Contact> dead = new LinkedHashSet<>(all.subList(0, 40));
      LookupShape shape = new LookupShape(K, 3, paths, 500, 100);
      IterativeLookup lookup = new IterativeLookup(target, shape, null, all.subList(30, 60), null);
      Set<Contact> asked = new LinkedHashSet<>();
      LookupStep.Finished finished = drive(lookup, all, dead, asked);
      List<Contact> alive = all.stream().filter(each -> !dead.contains(each)).toList();
      // Nodes also name dead ones, so what they name reaches less far than the k nearest.
      List<Contact> nearest = Contacts.closest(alive, target, K / 2);
      assertEquals(nearest, finished.closest().subList(0, K / 2), paths + " paths");
      assertTrue(asked.containsAll(finished.closest()));
      assertTrue(finished.asked() <= 500 && finished.hops() >= 1);
    }
  }

  @Test
  void pathsShareNoNode() {
    List<Contact> all = Contacts.random(random, 100);
    LookupShape shape = new LookupShape(K, 3, 3, 500, 100);
    IterativeLookup lookup = new IterativeLookup(target, shape, null, all.subList(0, 12), null);
    List<Contact> asked = new ArrayList<>();
    LookupStep step = lookup.next(0);
    while (step instanceof LookupStep.Ask(Contact to)) {
      asked.add(to);
      lookup.on(new LookupEvent.Answered(to, all));
      step = lookup.next(0);
    }
    assertInstanceOf(LookupStep.Finished.class, step);
    assertEquals(asked.size(), new LinkedHashSet<>(asked).size(), "nobody is asked twice");
  }

  @Test
  void noMoreThanAlphaCallsAreOpenUntilTheyStall() {
    IterativeLookup lookup =
        new IterativeLookup(target, SHAPE, null, Contacts.random(random, 20), null);
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(LookupStep.Ask.class, lookup.next(0));
    }
    assertEquals(new LookupStep.Wait(100), lookup.next(0));
    assertEquals(new LookupStep.Wait(100), lookup.next(50), "an early call changes nothing");
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(LookupStep.Ask.class, lookup.next(100), "a stalled call is repeated");
    }
    assertInstanceOf(LookupStep.Ask.class, lookup.next(100), "and others are asked meanwhile");
  }

  @Test
  void lateDuplicateAndUnaskedAnswersChangeNothing() {
    List<Contact> seeds = Contacts.closest(Contacts.random(random, 2), target, 2);
    Contact invented = Contacts.random(random);
    IterativeLookup lookup = new IterativeLookup(target, SHAPE, null, seeds, null);
    assertFalse(lookup.on(new LookupEvent.Answered(seeds.getFirst(), List.of(invented))));
    assertFalse(lookup.on(new LookupEvent.Failed(invented)));
    lookup.next(0);
    lookup.next(0);
    assertTrue(lookup.on(new LookupEvent.Failed(seeds.get(1))));
    assertFalse(lookup.on(new LookupEvent.Answered(seeds.get(1), List.of(invented))), "late");
    assertTrue(lookup.on(new LookupEvent.Answered(seeds.getFirst(), List.of())));
    assertFalse(lookup.on(new LookupEvent.Answered(seeds.getFirst(), List.of(invented))), "again");
    assertEquals(new LookupStep.Finished(List.of(seeds.getFirst()), 0, 2, 1), lookup.next(0));
  }

  @Test
  void aRepeatedCallFailsOnlyWhenBothDo() {
    Contact only = Contacts.random(random);
    IterativeLookup lookup = new IterativeLookup(target, SHAPE, null, List.of(only), null);
    lookup.next(0);
    assertEquals(new LookupStep.Ask(only), lookup.next(100));
    lookup.on(new LookupEvent.Failed(only));
    assertInstanceOf(LookupStep.Wait.class, lookup.next(150));
    assertTrue(lookup.on(new LookupEvent.Answered(only, List.of())));
    assertEquals(new LookupStep.Finished(List.of(only), 0, 2, 1), lookup.next(150));
  }

  @Test
  void whoIsStillSilentWhenNobodyElseIsLeftIsCalledAThirdTimeAndNoMore() {
    List<Contact> seeds = Contacts.closest(Contacts.random(random, 2), target, 2);
    Contact silent = seeds.getFirst();
    IterativeLookup lookup = new IterativeLookup(target, SHAPE, null, seeds, null);
    lookup.next(0);
    lookup.next(0);
    assertEquals(new LookupStep.Ask(silent), lookup.next(100));
    assertEquals(new LookupStep.Ask(seeds.get(1)), lookup.next(100));
    lookup.on(new LookupEvent.Answered(seeds.get(1), List.of()));
    assertEquals(new LookupStep.Wait(200), lookup.next(150), "the second call has its time, too");
    assertEquals(new LookupStep.Ask(silent), lookup.next(200));
    assertEquals(new LookupStep.Wait(Long.MAX_VALUE), lookup.next(10_000));
    lookup.on(new LookupEvent.Failed(silent));
    lookup.on(new LookupEvent.Failed(silent));
    assertTrue(lookup.on(new LookupEvent.Answered(silent, List.of())));
    assertInstanceOf(LookupStep.Finished.class, lookup.next(10_000));
  }

  @Test
  void aFreshCandidateComesBeforeAThirdCall() {
    List<Contact> seeds = Contacts.closest(Contacts.random(random, 4), target, 4);
    IterativeLookup lookup = new IterativeLookup(target, SHAPE, null, seeds.subList(0, 3), null);
    for (int i = 0; i < 3; i++) {
      lookup.next(0);
    }
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(LookupStep.Ask.class, lookup.next(100));
    }
    lookup.on(new LookupEvent.Answered(seeds.get(2), List.of(seeds.get(3))));
    assertEquals(new LookupStep.Ask(seeds.get(3)), lookup.next(200));
    assertEquals(new LookupStep.Ask(seeds.getFirst()), lookup.next(200));
    assertEquals(new LookupStep.Ask(seeds.get(1)), lookup.next(200));
    assertInstanceOf(LookupStep.Wait.class, lookup.next(200));
  }

  @Test
  void anInventedAddressDoesNotHideTheTrueOne() {
    Contact honest = Contacts.random(random);
    Contact liar = Contacts.random(random);
    Contact victim = Contacts.random(random);
    Contact lie = new Contact(victim.id(), "10.66.66.66", 6_666);
    IterativeLookup lookup = new IterativeLookup(target, SHAPE, null, List.of(honest, liar), null);
    lookup.next(0);
    lookup.next(0);
    lookup.on(new LookupEvent.Answered(liar, List.of(lie)));
    assertEquals(new LookupStep.Ask(lie), lookup.next(0));
    lookup.on(new LookupEvent.Failed(lie));
    lookup.on(new LookupEvent.Answered(honest, List.of(lie, victim)));
    assertEquals(new LookupStep.Ask(victim), lookup.next(0));
  }

  @Test
  void hostileAnswersCostNoMoreThanTheBound() {
    Key self = Key.random(random);
    LookupShape shape = new LookupShape(K, 3, 1, 40, 100);
    IterativeLookup lookup =
        new IterativeLookup(target, shape, self, Contacts.random(random, 3), null);
    int asked = 0;
    LookupStep step = lookup.next(0);
    while (step instanceof LookupStep.Ask(Contact to)) {
      assertFalse(to.id().equals(self), "the owner is never asked");
      asked++;
      List<Contact> nearer = new ArrayList<>();
      nearer.add(new Contact(self, "10.1.1.1", 1));
      for (int i = 0; i < 2_000; i++) {
        Key id = target.withRandomTail(Math.min(255, 5 * asked + i % 7), random);
        nearer.add(new Contact(id, "10.6.6.6", 1 + i));
      }
      lookup.on(new LookupEvent.Answered(to, nearer));
      step = lookup.next(0);
    }
    assertEquals(40, asked);
    assertInstanceOf(LookupStep.Finished.class, step);
  }

  @Test
  void nobodyKnownMeansNobodyFound() {
    IterativeLookup lookup = new IterativeLookup(target, SHAPE, null, List.of(), null);
    assertEquals(new LookupStep.Finished(List.of(), 0, 0, 0), lookup.next(0));
  }

  @Test
  void whereTheDeadTakeThePlacesOfTheLivingOnlyTheirSurroundingsAreCovered() {
    List<Contact> all = Contacts.closest(Contacts.random(random, 40), target, 40);
    List<Contact> named = all.subList(0, K);
    IterativeLookup lookup = new IterativeLookup(target, SHAPE, null, named.subList(0, 2), null);
    long now = 0;
    LookupStep step = lookup.next(now);
    while (!(step instanceof LookupStep.Finished)) {
      if (step instanceof LookupStep.Ask(Contact to)) {
        boolean lives = named.indexOf(to) < K / 2;
        lookup.on(lives ? new LookupEvent.Answered(to, named) : new LookupEvent.Failed(to));
      }
      step = lookup.next(++now);
    }
    LookupStep.Finished finished = (LookupStep.Finished) step;
    assertEquals(named.subList(0, K / 2), finished.closest());
    Region covered = Region.coveredBy(target, finished);
    for (Contact farther : all.subList(K, 40)) {
      assertFalse(covered.covers(farther.id()), "nobody said who else is there");
    }
    assertTrue(covered.covers(target));
  }

  @Test
  void whoIsNotKnownToBeProvenProvesItsIdBeforeItIsAskedAndCounts() {
    Contact known = Contacts.random(random);
    Contact named = Contacts.random(random);
    IterativeLookup lookup =
        new IterativeLookup(target, SHAPE, null, List.of(known), known::equals);
    assertEquals(new LookupStep.Ask(known), lookup.next(0));
    assertTrue(lookup.on(new LookupEvent.Answered(known, List.of(named))));
    assertEquals(new LookupStep.Prove(named), lookup.next(0));
    assertFalse(lookup.on(new LookupEvent.Answered(named, List.of())), "it was not asked yet");
    assertTrue(lookup.on(new LookupEvent.Proved(named)));
    assertEquals(new LookupStep.Ask(named), lookup.next(0));
    assertFalse(lookup.on(new LookupEvent.Unproven(named)), "a second ping that was lost");
    assertTrue(lookup.on(new LookupEvent.Answered(named, List.of())));
    LookupStep.Finished end = assertInstanceOf(LookupStep.Finished.class, lookup.next(0));
    assertEquals(Set.of(known, named), Set.copyOf(end.closest()));
  }

  @Test
  void aNodeThatInventsOthersBesideTheTargetCostsFewCallsAndHidesNobody() {
    List<Contact> honest = Contacts.random(random, 30);
    Contact liar = Contacts.random(random);
    List<Contact> seeds = new ArrayList<>(honest.subList(0, 5));
    seeds.add(liar);
    IterativeLookup lookup = new IterativeLookup(target, SHAPE, null, seeds, seeds::contains);
    int inventedAsked = 0;
    LookupStep step = lookup.next(0);
    for (long now = 0; !(step instanceof LookupStep.Finished); step = lookup.next(++now)) {
      if (step instanceof LookupStep.Prove(Contact to)) {
        boolean real = honest.contains(to);
        inventedAsked += real ? 0 : 1;
        lookup.on(real ? new LookupEvent.Proved(to) : new LookupEvent.Unproven(to));
      } else if (step instanceof LookupStep.Ask(Contact to)) {
        List<Contact> named = new ArrayList<>(to.equals(liar) ? List.of() : honest);
        for (int i = 0; to.equals(liar) && i < K; i++) {
          named.add(new Contact(target.withRandomTail(40 + i, random), liar.host(), liar.port()));
        }
        lookup.on(new LookupEvent.Answered(to, Contacts.closest(named, target, K)));
      }
    }
    LookupStep.Finished end = (LookupStep.Finished) step;
    List<Contact> everybody = new ArrayList<>(honest);
    everybody.add(liar);
    assertEquals(Contacts.closest(everybody, target, K), end.closest());
    assertTrue(inventedAsked <= 3, inventedAsked + " inventions were tried");
  }

  /// Answers from a network in which every node knows its 60 neighbours and others at random.
  private LookupStep.Finished drive(
      IterativeLookup lookup, List<Contact> all, Set<Contact> dead, Set<Contact> asked) {
    Deque<Contact> open = new ArrayDeque<>();
    for (long now = 0; now < 1_000_000; now += 10) {
      switch (lookup.next(now)) {
        case LookupStep.Ask(Contact to) -> {
          open.add(to);
          asked.add(to);
        }
        case LookupStep.Prove(Contact to) -> throw new AssertionError("nobody has to prove: " + to);
        case LookupStep.Wait _ -> answer(lookup, open, all, dead);
        case LookupStep.Finished finished -> {
          return finished;
        }
      }
    }
    throw new AssertionError("the lookup does not end");
  }

  private void answer(
      IterativeLookup lookup, Deque<Contact> open, List<Contact> all, Set<Contact> dead) {
    Contact from = open.remove();
    if (dead.contains(from)) {
      lookup.on(new LookupEvent.Failed(from));
      return;
    }
    List<Contact> known = new ArrayList<>(Contacts.closest(all, from.id(), 60));
    for (int i = 0; i < 60; i++) {
      known.add(all.get(random.nextInt(all.size())));
    }
    lookup.on(new LookupEvent.Answered(from, Contacts.closest(known, target, K)));
  }
}
