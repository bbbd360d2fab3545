package io.quintet.dht.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DhtEngineTest {
  private final SplittableRandom random = new SplittableRandom(21);
  private final Contact self = Contacts.random(random);
  private final DhtConfig config = DhtConfig.defaults();
  private final DhtEngine engine = new DhtEngine(self, config, 1);
  private final List<DhtEffect> effects = new ArrayList<>();
  private long now = 1_000_000;

  @Test
  void aHintLeadsToAPingAndTheAnswerToMembership() {
    Contact contact = Contacts.random(random);
    tell(new DhtEvent.Hint(contact));
    DhtEffect.Ask ping = onlyAsk();
    assertEquals(new DhtRequest.Ping(), ping.request());
    assertEquals(List.of(), engine.members(), "nobody enters before it answered");
    tell(new DhtEvent.Answered(ping.rpcId(), new DhtResponse.Pong(1)));
    assertEquals(List.of(contact), engine.members());
    assertTrue(effects.contains(new DhtEffect.Joined(contact)));
  }

  @Test
  void anAnswerOfTheWrongKindIsNoProof() {
    Contact contact = Contacts.random(random);
    tell(new DhtEvent.Hint(contact));
    tell(new DhtEvent.Answered(onlyAsk().rpcId(), new DhtResponse.Stored(1, "")));
    assertEquals(List.of(), engine.members());
  }

  @Test
  void aRequestFromAStrangerIsAHintAndNothingElse() {
    Contact stranger = Contacts.random(random);
    tell(new DhtEvent.Asked(7, stranger, 0, new DhtRequest.FindNode(self.id())));
    assertEquals(List.of(), engine.members());
    assertEquals(stranger, onlyAsk().to());
    assertTrue(effects.contains(new DhtEffect.Reply(7, new DhtResponse.Nodes(List.of()))));
  }

  @Test
  void aStoreOfAStrangerIsHeldUntilItProvedItself() {
    Contact stranger = Contacts.random(random);
    Key key = Key.random(random);
    tell(new DhtEvent.Asked(7, stranger, 0, new DhtRequest.Store(List.of(key))));
    assertEquals(List.of(), replies());
    tell(new DhtEvent.Answered(onlyAsk().rpcId(), new DhtResponse.Pong(1)));
    assertEquals(List.of(new DhtEffect.Reply(7, new DhtResponse.Stored(1, ""))), replies());
    assertEquals(List.of(stranger), providersOf(key));
  }

  @Test
  void aStoreOfALiarIsRefusedOnceItsPingsFailed() {
    Contact liar = Contacts.random(random);
    Key key = Key.random(random);
    tell(new DhtEvent.Asked(7, liar, 0, new DhtRequest.Store(List.of(key))));
    for (int i = 0; i < 20; i++) {
      now = Math.max(now + 1, engine.nextWakeup() == Long.MAX_VALUE ? now : engine.nextWakeup());
      tell(new DhtEvent.Wakeup());
    }
    assertEquals(1, replies().size());
    DhtResponse.Stored refused = (DhtResponse.Stored) replies().getFirst().response();
    assertEquals(0, refused.accepted());
    assertFalse(refused.refusal().isEmpty());
    assertEquals(List.of(), providersOf(key));
  }

  @Test
  void aStoreFromAnotherAddressThanTheProvenOneIsNotTakenWithoutProof() {
    Contact member = join(Contacts.random(random));
    Contact thief = new Contact(member.id(), "10.66.66.66", 6_666);
    Key key = Key.random(random);
    tell(new DhtEvent.Asked(7, thief, 0, new DhtRequest.Store(List.of(key))));
    assertEquals(List.of(), replies());
    assertEquals(List.of(member), engine.members());
    assertEquals(List.of(), providersOf(key));
  }

  @Test
  void aStoreThatIsTooLongOrFromAClientIsRefused() {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i <= config.keysPerCallMax(); i++) {
      keys.add(Key.random(random));
    }
    Contact member = join(Contacts.random(random));
    tell(new DhtEvent.Asked(1, member, 0, new DhtRequest.Store(keys)));
    tell(new DhtEvent.Asked(2, null, 0, new DhtRequest.Store(keys.subList(0, 1))));
    assertEquals(2, replies().size());
    for (DhtEffect.Reply reply : replies()) {
      assertEquals(0, ((DhtResponse.Stored) reply.response()).accepted());
    }
  }

  @Test
  void moreHeldStoresThanAllowedAreRefusedAtOnce() {
    for (int i = 0; i < config.storesHeldMax() + 5; i++) {
      Contact stranger = Contacts.random(random);
      tell(new DhtEvent.Asked(i, stranger, 0, new DhtRequest.Store(List.of(Key.random(random)))));
    }
    assertEquals(5, replies().size());
  }

  @Test
  void aNodeAnswersForItsOwnKeys() {
    Key key = Key.random(random);
    tell(new DhtEvent.Provide(List.of(key)));
    assertEquals(List.of(self), providersOf(key));
    tell(new DhtEvent.Unprovide(List.of(key)));
    assertEquals(List.of(), providersOf(key));
  }

  @Test
  void newKeysAreToldToTheOthersSoonAndTogether() {
    Contact member = join(Contacts.random(random));
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      keys.add(Key.random(random));
      tell(new DhtEvent.Provide(List.of(keys.get(i))));
    }
    effects.clear();
    runUntil(now + 200);
    List<DhtRequest.Store> stores = new ArrayList<>();
    for (DhtEffect.Ask ask : asks()) {
      if (ask.request() instanceof DhtRequest.Store store) {
        assertEquals(member, ask.to());
        stores.add(store);
      }
    }
    assertEquals(1, stores.size(), "one call for all");
    assertEquals(keys.stream().sorted().toList(), stores.getFirst().keys());
  }

  @Test
  void newcomersAreToldOfEverythingAndTheOthersNotAgain() {
    Contact first = join(Contacts.random(random));
    tell(new DhtEvent.Provide(List.of(Key.random(random))));
    runUntil(now + 30_000);
    effects.clear();
    List<Contact> newcomers = Contacts.random(random, 4);
    for (Contact newcomer : newcomers) {
      tell(new DhtEvent.Hint(newcomer));
      runUntil(now + 5_000);
    }
    List<Contact> told = new ArrayList<>();
    for (DhtEffect.Ask ask : asks()) {
      if (ask.request() instanceof DhtRequest.Store) {
        told.add(ask.to());
      }
    }
    assertEquals(newcomers, told, "not " + first + ", though twice as many are known now");
  }

  @Test
  void aMemberThatRestartedIsToldAgain() {
    Contact member = join(Contacts.random(random));
    Key key = Key.random(random);
    tell(new DhtEvent.Provide(List.of(key)));
    runUntil(now + 30_000);
    effects.clear();
    now += 2_000;
    tell(new DhtEvent.Asked(9, member, 0, new DhtRequest.Ping()));
    for (DhtEffect.Ask ask : List.copyOf(asks())) {
      tell(new DhtEvent.Answered(ask.rpcId(), new DhtResponse.Pong(2)));
    }
    effects.clear();
    runUntil(now + 300);
    assertTrue(
        asks().stream().anyMatch(ask -> ask.request() instanceof DhtRequest.Store),
        "told within 300 ms");
  }

  @Test
  void aLeaveHintCostsOnePingAndThenTheMembership() {
    Contact member = join(Contacts.random(random));
    effects.clear();
    tell(new DhtEvent.LeaveHint(member));
    tell(new DhtEvent.Unanswered(onlyAsk().rpcId()));
    assertEquals(List.of(), engine.members());
    assertTrue(effects.contains(new DhtEffect.Left(member)));
  }

  @Test
  void aLeaveHintOfALivingMemberChangesNothing() {
    Contact member = join(Contacts.random(random));
    effects.clear();
    tell(new DhtEvent.LeaveHint(member));
    tell(new DhtEvent.Answered(onlyAsk().rpcId(), new DhtResponse.Pong(1)));
    assertEquals(List.of(member), engine.members());
  }

  @Test
  void aDeadMemberOfASmallNetworkIsNoticedWithinFifteenSeconds() {
    join(Contacts.random(random));
    long died = now;
    while (!engine.members().isEmpty()) {
      now = engine.nextWakeup();
      assertTrue(now - died <= 15_000, "still a member after " + (now - died) + " ms");
      tell(new DhtEvent.Wakeup());
    }
  }

  @Test
  void aQuickMemberIsPingedAgainSoonAndThenEverMorePatiently() {
    Contact member = Contacts.random(random);
    for (int i = 0; i < 3; i++) {
      tell(new DhtEvent.Hint(member));
      tell(new DhtEvent.LeaveHint(member));
      DhtEffect.Ask ping = onlyAsk();
      assertEquals(i == 0 ? 1_500 : 500, ping.timeoutMillis(), "ping " + i);
      effects.clear();
      now += 10;
      tell(new DhtEvent.Answered(ping.rpcId(), new DhtResponse.Pong(1)));
      effects.clear();
    }
    List<Long> waits = new ArrayList<>();
    while (!engine.members().isEmpty()) {
      now = engine.nextWakeup();
      effects.clear();
      tell(new DhtEvent.Wakeup());
      asks().stream()
          .filter(ask -> ask.request() instanceof DhtRequest.Ping)
          .forEach(ask -> waits.add(ask.timeoutMillis()));
    }
    assertEquals(List.of(500L, 500L, 1_000L, 1_500L), waits);
  }

  @Test
  void whoIsSilentForSeveralPingsIsSpokenForSoThatOthersLookToo() {
    Contact member = join(Contacts.random(random));
    effects.clear();
    awaitNobody();
    assertEquals(List.of(member), silent());
  }

  @Test
  void whoIsSaidToHaveLeftIsSpokenForByNobodyElse() {
    Contact member = join(Contacts.random(random));
    effects.clear();
    tell(new DhtEvent.LeaveHint(member));
    awaitNobody();
    assertEquals(List.of(), silent());
  }

  @Test
  void aNodeThatLosesAllOthersIsRatherCutOffItselfAndSpeaksForFew() {
    for (int i = 0; i < 15; i++) {
      join(Contacts.random(random));
    }
    effects.clear();
    awaitNobody();
    assertEquals(8, silent().size());
  }

  private void awaitNobody() {
    for (int i = 0; i < 10_000 && !engine.members().isEmpty(); i++) {
      now = engine.nextWakeup();
      tell(new DhtEvent.Wakeup());
    }
    assertEquals(List.of(), engine.members());
  }

  private List<Contact> silent() {
    return effects.stream()
        .filter(DhtEffect.Silent.class::isInstance)
        .map(each -> ((DhtEffect.Silent) each).contact())
        .toList();
  }

  @Test
  void aMemberMovesOnlyByProofOfTheNewAddress() {
    Contact member = join(Contacts.random(random));
    Contact moved = new Contact(member.id(), "10.7.7.7", 777);
    effects.clear();
    tell(new DhtEvent.Hint(moved));
    assertEquals(List.of(member), engine.members());
    tell(new DhtEvent.Answered(onlyAsk().rpcId(), new DhtResponse.Pong(3)));
    assertEquals(List.of(moved), engine.members());
    assertTrue(effects.contains(new DhtEffect.Left(member)));
    assertTrue(effects.contains(new DhtEffect.Joined(moved)));
  }

  @Test
  void queriesWithoutMembersEndAtOnceWithNothing() {
    Key key = Key.random(random);
    tell(new DhtEvent.FindNodes(1, key, 1));
    tell(new DhtEvent.FindProviders(2, List.of(), 1));
    tell(new DhtEvent.FindProviders(3, List.of(key, key), 99));
    assertEquals(new DhtEffect.NodesFound(1, List.of(), 0, 0, 0), effects.get(0));
    assertEquals(3, effects.size());
  }

  @Test
  void lateUnknownAndDuplicateAnswersAreIgnored() {
    tell(new DhtEvent.Answered(123, new DhtResponse.Pong(1)));
    tell(new DhtEvent.Unanswered(-1));
    Contact contact = join(Contacts.random(random));
    tell(new DhtEvent.Unanswered(1));
    tell(new DhtEvent.Unanswered(1));
    assertEquals(List.of(contact), engine.members());
  }

  @Test
  void hostileEventsNeverThrowAndNeverSpin() {
    long seed = 77;
    SplittableRandom draws = new SplittableRandom(seed);
    List<Contact> pool = Contacts.random(draws, 40);
    pool.add(self);
    pool.add(new Contact(self.id(), "127.0.0.1", 1));
    long requestId = 0;
    for (int step = 0; step < 20_000; step++) {
      now += draws.nextInt(40);
      Contact contact = pool.get(draws.nextInt(pool.size()));
      List<Contact> many = new ArrayList<>();
      for (int i = draws.nextInt(100); i > 0; i--) {
        many.add(pool.get(draws.nextInt(pool.size())));
      }
      Key key = draws.nextBoolean() ? self.id() : Key.random(draws);
      long rpcId = draws.nextInt(Math.max(1, step));
      DhtEvent event =
          switch (draws.nextInt(11)) {
            case 0 -> new DhtEvent.Hint(contact);
            case 1 -> new DhtEvent.LeaveHint(contact);
            case 2 -> new DhtEvent.Asked(requestId++, contact, 0, new DhtRequest.Ping());
            case 3 ->
                new DhtEvent.Asked(
                    requestId++, contact, 0, new DhtRequest.Store(List.of(key, key)));
            case 4 -> new DhtEvent.Answered(rpcId, new DhtResponse.Nodes(many));
            case 5 -> {
              DhtResponse.Providers lie = new DhtResponse.Providers(key, many);
              yield new DhtEvent.Answered(rpcId, new DhtResponse.Values(List.of(lie, lie), many));
            }
            case 6 -> new DhtEvent.Unanswered(rpcId);
            case 7 -> new DhtEvent.FindProviders(step, List.of(key, key), 3);
            case 8 -> new DhtEvent.FindNodes(step, key, -4);
            case 9 -> new DhtEvent.Provide(List.of(key));
            default -> new DhtEvent.Answered(rpcId, new DhtResponse.Pong(step));
          };
      tell(event);
      assertTrue(engine.nextWakeup() > now, "seed " + seed + ", step " + step + ": " + event);
    }
    assertTrue(engine.members().size() <= 41);
  }

  private void tell(DhtEvent event) {
    engine.handle(now, event, effects::add);
  }

  /// Lets time pass; every ping is answered, every lookup finds nothing more.
  private void runUntil(long end) {
    int answered = 0;
    while (engine.nextWakeup() <= end) {
      now = Math.max(now, engine.nextWakeup());
      tell(new DhtEvent.Wakeup());
      List<DhtEffect.Ask> asks = asks();
      for (; answered < asks.size(); answered++) {
        DhtResponse response =
            switch (asks.get(answered).request()) {
              case DhtRequest.Ping() -> new DhtResponse.Pong(1);
              case DhtRequest.FindNode _ -> new DhtResponse.Nodes(List.of());
              case DhtRequest.FindValue _ -> new DhtResponse.Values(List.of(), List.of());
              case DhtRequest.Store(List<Key> keys) -> new DhtResponse.Stored(keys.size(), "");
              case DhtRequest.Withdraw _ -> new DhtResponse.Stored(0, "");
            };
        tell(new DhtEvent.Answered(asks.get(answered).rpcId(), response));
      }
    }
    now = end;
  }

  private Contact join(Contact contact) {
    effects.clear();
    tell(new DhtEvent.Hint(contact));
    tell(new DhtEvent.Answered(onlyAsk().rpcId(), new DhtResponse.Pong(1)));
    effects.clear();
    return contact;
  }

  private List<Contact> providersOf(Key key) {
    tell(new DhtEvent.Asked(999, null, 0, new DhtRequest.FindValue(key, List.of(key))));
    DhtResponse.Values values = (DhtResponse.Values) replies().getLast().response();
    return values.found().isEmpty() ? List.of() : values.found().getFirst().providers();
  }

  private List<DhtEffect.Ask> asks() {
    return effects.stream()
        .filter(DhtEffect.Ask.class::isInstance)
        .map(DhtEffect.Ask.class::cast)
        .toList();
  }

  private List<DhtEffect.Reply> replies() {
    return effects.stream()
        .filter(DhtEffect.Reply.class::isInstance)
        .map(DhtEffect.Reply.class::cast)
        .toList();
  }

  private DhtEffect.Ask onlyAsk() {
    assertEquals(1, asks().size(), () -> asks().toString());
    return asks().getFirst();
  }
}
