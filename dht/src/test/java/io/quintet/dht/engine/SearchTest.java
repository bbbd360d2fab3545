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

/// What a client asks for, and when it has enough.
class SearchTest {
  private final SplittableRandom random = new SplittableRandom(13);
  private final DhtConfig config = DhtConfig.defaults();
  private final Contact self = Contacts.random(random);
  private final List<DhtEffect> effects = new ArrayList<>();
  private final long now = 1_000_000;

  @Test
  void aClientSearchesButAnswersAndAnnouncesNothing() {
    DhtEngine client = new DhtEngine(null, config, 4);
    client.handle(now, new DhtEvent.Asked(1, null, 0, new DhtRequest.Ping()), effects::add);
    client.handle(now, new DhtEvent.Provide(List.of(Key.random(random))), effects::add);
    assertEquals(List.of(), effects);
    client.handle(now, new DhtEvent.Hint(self), effects::add);
    long rpcId = onlyAsk().rpcId();
    client.handle(now, new DhtEvent.Answered(rpcId, new DhtResponse.Pong(1)), effects::add);
    effects.clear();
    Key key = Key.random(random);
    client.handle(now, new DhtEvent.FindProviders(5, List.of(key), 3), effects::add);
    assertEquals(new DhtRequest.FindValue(key, List.of(key)), onlyAsk().request());
    Contact holder = Contacts.random(random);
    DhtResponse.Providers found = new DhtResponse.Providers(key, List.of(holder));
    DhtResponse values = new DhtResponse.Values(List.of(found), List.of());
    client.handle(now, new DhtEvent.Answered(onlyAsk().rpcId(), values), effects::add);
    DhtEffect.ProvidersFound end = (DhtEffect.ProvidersFound) effects.getLast();
    assertEquals(List.of(holder), end.providers().get(key));
    assertEquals(1, end.asked());
  }

  @Test
  void aSearchThatWaitsForNobodyWhoIsLateEndsWithoutTheNodeThatHangs() {
    DhtEngine client = new DhtEngine(null, config, 4);
    Contact living = Contacts.random(random);
    Contact hanging = Contacts.random(random);
    client.handle(now, new DhtEvent.Hint(living), effects::add);
    DhtResponse pong = new DhtResponse.Pong(1);
    client.handle(now, new DhtEvent.Answered(onlyAsk().rpcId(), pong), effects::add);
    Key key = Key.random(random);
    for (DhtEvent.Patience patience : DhtEvent.Patience.values()) {
      effects.clear();
      client.handle(now, new DhtEvent.FindProviders(1, List.of(key), 1, patience), effects::add);
      DhtResponse.Providers found = new DhtResponse.Providers(key, List.of(living));
      DhtResponse values = new DhtResponse.Values(List.of(found), List.of(hanging));
      long rpcId = onlyAsk().rpcId();
      effects.clear();
      client.handle(now, new DhtEvent.Answered(rpcId, values), effects::add);
      assertEquals(hanging, onlyAsk().to());
      effects.clear();
      long late = now + config.findTimeoutMillis() / 4;
      client.handle(late, new DhtEvent.Wakeup(), effects::add);
      boolean ended = effects.stream().anyMatch(DhtEffect.ProvidersFound.class::isInstance);
      assertEquals(patience == DhtEvent.Patience.UNTIL_LATE, ended, patience + ": " + effects);
    }
  }

  @Test
  void aSearchThatKnowsNoProviderWaitsForThoseThatAreLate() {
    DhtEngine client = new DhtEngine(null, config, 4);
    Contact hanging = Contacts.random(random);
    client.handle(now, new DhtEvent.Hint(hanging), effects::add);
    DhtResponse pong = new DhtResponse.Pong(1);
    client.handle(now, new DhtEvent.Answered(onlyAsk().rpcId(), pong), effects::add);
    effects.clear();
    DhtEvent search =
        new DhtEvent.FindProviders(1, List.of(Key.random(random)), 1, DhtEvent.Patience.UNTIL_LATE);
    client.handle(now, search, effects::add);
    client.handle(now + config.findTimeoutMillis() / 4, new DhtEvent.Wakeup(), effects::add);
    assertFalse(effects.stream().anyMatch(DhtEffect.ProvidersFound.class::isInstance));
  }

  @Test
  void aSearchForOneKeyThatWantsSomeProvidersEndsWhenThreeNodesNamedTheSame() {
    Key key = Key.random(random);
    Key other = Key.random(random);
    assertEquals(3, callsOf(List.of(key), true, DhtEvent.Patience.UNTIL_LATE));
    assertEquals(config.k(), callsOf(List.of(key), true, DhtEvent.Patience.FOR_ALL));
    assertEquals(config.k(), callsOf(List.of(key), false, DhtEvent.Patience.UNTIL_LATE));
    assertTrue(callsOf(List.of(key, other), true, DhtEvent.Patience.UNTIL_LATE) >= config.k());
  }

  @Test
  void aSearchThatEndsEarlyAsksThreeAtATimeOnAllPathsTogether() {
    List<Key> one = List.of(Key.random(random));
    assertEquals(3, openOnThreePaths(one, DhtEvent.Patience.UNTIL_LATE));
    assertEquals(9, openOnThreePaths(one, DhtEvent.Patience.FOR_ALL));
    List<Key> two = List.of(Key.random(random), Key.random(random));
    assertTrue(openOnThreePaths(two, DhtEvent.Patience.UNTIL_LATE) >= 9);
  }

  @Test
  void whoAnswersTwiceBecauseItWasAskedTwiceHasOneVoice() {
    Key key = Key.random(random);
    DhtEngine client = clientOf(config.k());
    DhtEvent.Patience patience = DhtEvent.Patience.UNTIL_LATE;
    client.handle(now, new DhtEvent.FindProviders(1, List.of(key), 1, patience), effects::add);
    long late = now + config.findTimeoutMillis() / 4;
    client.handle(late, new DhtEvent.Wakeup(), effects::add);
    List<DhtEffect.Ask> asks = asks();
    Contact twice = asks.getFirst().to();
    List<DhtEffect.Ask> both = asks.stream().filter(ask -> ask.to().equals(twice)).toList();
    assertEquals(2, both.size(), asks::toString);
    List<DhtEffect.Ask> others = new ArrayList<>(asks);
    others.removeIf(ask -> ask.to().equals(twice));
    DhtResponse.Providers found = new DhtResponse.Providers(key, List.of(self));
    DhtResponse values = new DhtResponse.Values(List.of(found), List.of());
    List<DhtEffect.Ask> three = List.of(both.getFirst(), both.getLast(), others.getFirst());
    for (DhtEffect.Ask ask : three) {
      client.handle(late, new DhtEvent.Answered(ask.rpcId(), values), effects::add);
    }
    assertFalse(effects.getLast() instanceof DhtEffect.ProvidersFound, "two nodes");
    others.removeIf(ask -> ask.to().equals(three.getLast().to()));
    long third = others.getFirst().rpcId();
    client.handle(late, new DhtEvent.Answered(third, values), effects::add);
    assertTrue(effects.getLast() instanceof DhtEffect.ProvidersFound, "three nodes");
  }

  private int openOnThreePaths(List<Key> keys, DhtEvent.Patience patience) {
    DhtEngine client = clientOf(config.k());
    client.handle(now, new DhtEvent.FindProviders(1, keys, 3, patience), effects::add);
    int open = asks().size();
    effects.clear();
    return open;
  }

  /// A client that has proven `members` nodes.
  private DhtEngine clientOf(int members) {
    DhtEngine client = new DhtEngine(null, config, 4);
    for (Contact member : Contacts.random(random, members)) {
      client.handle(now, new DhtEvent.Hint(member), effects::add);
      DhtResponse pong = new DhtResponse.Pong(1);
      client.handle(now, new DhtEvent.Answered(asks().getLast().rpcId(), pong), effects::add);
    }
    effects.clear();
    return client;
  }

  /// How many calls a search makes among nodes that all answer at once.
  private int callsOf(List<Key> keys, boolean found, DhtEvent.Patience patience) {
    DhtEngine client = clientOf(config.k());
    List<DhtResponse.Providers> named = new ArrayList<>();
    if (found) {
      keys.forEach(key -> named.add(new DhtResponse.Providers(key, List.of(self))));
    }
    client.handle(now, new DhtEvent.FindProviders(1, keys, 1, patience), effects::add);
    int answered = 0;
    while (!(effects.getLast() instanceof DhtEffect.ProvidersFound)) {
      DhtEffect.Ask ask = asks().get(answered++);
      DhtResponse values = new DhtResponse.Values(named, List.of());
      client.handle(now, new DhtEvent.Answered(ask.rpcId(), values), effects::add);
    }
    effects.clear();
    return answered;
  }

  private List<DhtEffect.Ask> asks() {
    return effects.stream()
        .filter(DhtEffect.Ask.class::isInstance)
        .map(DhtEffect.Ask.class::cast)
        .toList();
  }

  private DhtEffect.Ask onlyAsk() {
    assertEquals(1, asks().size(), () -> asks().toString());
    return asks().getFirst();
  }
}
