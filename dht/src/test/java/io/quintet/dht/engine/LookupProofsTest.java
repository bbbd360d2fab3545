package io.quintet.dht.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A member names a node beside the target that it invented and answers for itself.
class LookupProofsTest {
  private final SplittableRandom random = new SplittableRandom(41);
  private final Contact self = Contacts.random(random);
  private final Key target = Key.random(random);
  private final Contact invented = new Contact(target.withRandomTail(60, random), "10.6.6.6", 666);
  private final DhtEngine engine = new DhtEngine(self, DhtConfig.defaults(), 1);
  private final List<DhtEffect> effects = new ArrayList<>();
  private final Set<Class<?>> askedOfTheInvented = new LinkedHashSet<>();
  private long now = 1_000_000;

  @BeforeEach
  void aNodeOfANetworkThatIsTooLargeToKnow() {
    for (Contact member : Contacts.random(random, 24)) {
      tell(new DhtEvent.Hint(member));
    }
    run(30_000, List.of());
    assertTrue(engine.members().size() >= 20, engine.members().size() + " members");
    askedOfTheInvented.clear();
  }

  @Test
  void onSeveralPathsItHasToProveItsIdAndDoesNotCount() {
    tell(new DhtEvent.FindNodes(1, target, 3));
    run(10_000, List.of(invented));
    assertEquals(Set.of(DhtRequest.Ping.class), askedOfTheInvented);
    assertFalse(found().contains(invented));
  }

  @Test
  void onOnePathItIsAskedAtOnceWhichCostsLess() {
    tell(new DhtEvent.FindNodes(1, target, 1));
    run(10_000, List.of(invented));
    assertTrue(askedOfTheInvented.contains(DhtRequest.FindNode.class));
    assertTrue(found().contains(invented));
  }

  @Test
  void itIsToldOfNoOwnKeys() {
    tell(new DhtEvent.Provide(List.of(target)));
    run(10_000, List.of(invented));
    assertEquals(Set.of(DhtRequest.Ping.class), askedOfTheInvented);
    assertTrue(
        effects.stream()
            .anyMatch(each ->
                each instanceof DhtEffect.Ask ask && ask.request() instanceof DhtRequest.Store),
        "members are told");
  }

  private List<Contact> found() {
    return effects.stream()
        .filter(DhtEffect.NodesFound.class::isInstance)
        .map(each -> ((DhtEffect.NodesFound) each).contacts())
        .findFirst()
        .orElseThrow();
  }

  private void tell(DhtEvent event) {
    engine.handle(now, event, effects::add);
  }

  /// Lets time pass; everybody answers, lookups with `named`, but the invented node proves nothing.
  private void run(long millis, List<Contact> named) {
    long end = now + millis;
    int answered = 0;
    for (int steps = 0; steps < 100_000; steps++) {
      for (; answered < effects.size(); answered++) {
        if (effects.get(answered) instanceof DhtEffect.Ask ask) {
          answer(ask, named);
        }
      }
      if (engine.nextWakeup() > end) {
        now = end;
        return;
      }
      now = Math.max(now, engine.nextWakeup());
      tell(new DhtEvent.Wakeup());
    }
    throw new AssertionError("it spins");
  }

  private void answer(DhtEffect.Ask ask, List<Contact> named) {
    if (ask.to().equals(invented)) {
      askedOfTheInvented.add(ask.request().getClass());
    }
    switch (ask.request()) {
      case DhtRequest.Ping() ->
          tell(
              ask.to().equals(invented)
                  ? new DhtEvent.Unanswered(ask.rpcId())
                  : new DhtEvent.Answered(ask.rpcId(), new DhtResponse.Pong(1)));
      case DhtRequest.FindNode _ ->
          tell(new DhtEvent.Answered(ask.rpcId(), new DhtResponse.Nodes(named)));
      case DhtRequest.FindValue _ ->
          tell(new DhtEvent.Answered(ask.rpcId(), new DhtResponse.Values(List.of(), named)));
      case DhtRequest.Store(List<Key> keys) ->
          tell(new DhtEvent.Answered(ask.rpcId(), new DhtResponse.Stored(keys.size(), "")));
      case DhtRequest.Withdraw _ ->
          tell(new DhtEvent.Answered(ask.rpcId(), new DhtResponse.Stored(0, "")));
    }
  }
}
