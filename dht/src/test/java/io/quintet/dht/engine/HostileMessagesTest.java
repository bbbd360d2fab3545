package io.quintet.dht.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of event that strangers can cause, each in its hostile forms: oversized, replayed,
/// spoofed, reordered. (Malformed ones do not get as far as the engine.) Nothing of what the node
/// knows may be another afterwards.
class HostileMessagesTest {
  private static final int MUCH = 5_000;

  private final SplittableRandom random = new SplittableRandom(99);
  private final Contact self = Contacts.random(random);
  private final Contact member = Contacts.random(random);
  private final Contact moved = new Contact(member.id(), "10.66.66.66", 666);
  private final Contact stranger = Contacts.random(random);
  private final Key own = Key.random(random);
  private final Key told = Key.random(random);
  private final Key asked = Key.random(random);
  private final DhtConfig config = DhtConfig.defaults();
  private final DhtEngine engine = new DhtEngine(self, config, 1);
  private final List<DhtEffect> effects = new ArrayList<>();
  private long now = 1_000_000;
  private long lastRequest;
  private long pongOver;
  private long openLookup;

  /// A hostile message, or several.
  record Case(String name, Consumer<HostileMessagesTest> messages) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// All that a node knows.
  record Knowledge(List<Contact> members, List<Contact> told, List<Contact> own, Key cursor) {}

  @BeforeEach
  void aNodeThatKnowsAMemberHasARecordOfItAndSearches() {
    tell(new DhtEvent.Hint(member));
    pongOver = lastAsk().rpcId();
    tell(new DhtEvent.Answered(pongOver, new DhtResponse.Pong(1)));
    tell(new DhtEvent.Asked(lastRequest++, member, 0, new DhtRequest.Store(List.of(told))));
    tell(new DhtEvent.Provide(List.of(own)));
    tell(new DhtEvent.FindNodes(1, asked, 1));
    openLookup = lastAsk().rpcId();
    assertEquals(
        new Knowledge(List.of(member), List.of(member), List.of(self), new Key(0, 0, 0, 0)),
        knowledge());
  }

  static Stream<Case> hints() {
    return Stream.of(
        new Case("hello of a stranger", t -> t.tell(new DhtEvent.Hint(t.stranger))),
        new Case("hello of the member from elsewhere", t -> t.tell(new DhtEvent.Hint(t.moved))),
        new Case(
            "hello in this node's name",
            t -> t.tell(new DhtEvent.Hint(new Contact(t.self.id(), "10.1.1.1", 1)))),
        new Case("hello of the member again and again", t -> t.many(new DhtEvent.Hint(t.member))),
        new Case(
            "beacon in the member's name again and again",
            t -> t.many(new DhtEvent.Greeted(t.member, 1))),
        new Case(
            "beacon of another run of the member", t -> t.tell(new DhtEvent.Greeted(t.member, 2))),
        new Case(
            "beacon of the member from elsewhere", t -> t.tell(new DhtEvent.Greeted(t.moved, 1))),
        new Case("hellos of very many strangers", t -> t.strangers().forEach(t::tell)),
        new Case("goodbye of a stranger", t -> t.tell(new DhtEvent.LeaveHint(t.stranger))),
        new Case("goodbye from elsewhere", t -> t.tell(new DhtEvent.LeaveHint(t.moved))),
        new Case("goodbye of the member", t -> t.many(new DhtEvent.LeaveHint(t.member))));
  }

  static Stream<Case> requests() {
    return Stream.of(
        new Case("ping from elsewhere", t -> t.asks(t.moved, new DhtRequest.Ping())),
        new Case(
            "find-node of a stranger", t -> t.asks(t.stranger, new DhtRequest.FindNode(t.own))),
        new Case(
            "find-node in this node's name", t -> t.asks(t.self, new DhtRequest.FindNode(t.own))),
        new Case(
            "find-value with too many keys",
            t -> t.asks(t.member, new DhtRequest.FindValue(t.own, t.keys()))),
        new Case(
            "store of a stranger", t -> t.asks(t.stranger, new DhtRequest.Store(List.of(t.told)))),
        new Case(
            "store from elsewhere", t -> t.asks(t.moved, new DhtRequest.Store(List.of(t.told)))),
        new Case("store of a client", t -> t.asksAsClient(new DhtRequest.Store(List.of(t.told)))),
        new Case(
            "store in this node's name",
            t -> t.asks(t.self, new DhtRequest.Store(List.of(t.told)))),
        new Case(
            "store with too many keys, the known one first",
            t -> t.asks(t.stranger, new DhtRequest.Store(t.keys()))),
        new Case(
            "the member's store again",
            t -> t.asks(t.member, new DhtRequest.Store(Collections.nCopies(1_000, t.told)))));
  }

  static Stream<Case> answers() {
    List<Contact> nobody = List.of();
    return Stream.of(
        new Case("pong again", t -> t.answer(t.pongOver, new DhtResponse.Pong(7))),
        new Case(
            "failure of a call that is over", t -> t.tell(new DhtEvent.Unanswered(t.pongOver))),
        new Case("pong to no call", t -> t.answer(77_777, new DhtResponse.Pong(1))),
        new Case("pong to a lookup", t -> t.answer(t.openLookup, new DhtResponse.Pong(9))),
        new Case(
            "stored to a lookup",
            t -> t.answer(t.openLookup, new DhtResponse.Stored(1_000_000, "x"))),
        new Case(
            "very many nodes",
            t -> t.answer(t.openLookup, new DhtResponse.Nodes(Contacts.random(t.random, MUCH)))),
        new Case(
            "this node and the member elsewhere",
            t ->
                t.answer(
                    t.openLookup,
                    new DhtResponse.Nodes(
                        List.of(t.moved, new Contact(t.self.id(), "10.1.1.1", 1))))),
        new Case(
            "providers that nobody asked for",
            t ->
                t.answer(
                    t.openLookup,
                    new DhtResponse.Values(
                        List.of(
                            new DhtResponse.Providers(t.told, List.of(t.stranger)),
                            new DhtResponse.Providers(t.own, List.of(t.stranger))),
                        nobody))),
        new Case(
            "an answer before its question, and twice",
            t -> {
              t.answer(t.openLookup + 1, new DhtResponse.Nodes(List.of(t.moved)));
              t.answer(t.openLookup, new DhtResponse.Nodes(nobody));
              t.answer(t.openLookup, new DhtResponse.Nodes(List.of(t.moved)));
            }));
  }

  @ParameterizedTest
  @MethodSource({"hints", "requests", "answers"})
  void changesNothingThatTheNodeKnows(Case hostile) {
    Knowledge before = knowledge();
    effects.clear();
    hostile.messages().accept(this);
    assertEquals(before, knowledge());
    long pings =
        effects.stream()
            .filter(
                each -> each instanceof DhtEffect.Ask(long _, Contact _, DhtRequest.Ping(), long _))
            .count();
    assertTrue(pings <= config.proofsPendingMax(), pings + " pings");
    assertTrue(
        effects.stream()
            .noneMatch(each -> each instanceof DhtEffect.Joined || each instanceof DhtEffect.Left),
        () -> effects.toString());
    assertTrue(engine.nextWakeup() > now, "it does not spin");
    silenceButFor(member);
    assertEquals(before, knowledge(), "nor later, when only the member answers");
  }

  /// Half a minute in which the member alone answers pings, and knows nothing.
  private void silenceButFor(Contact alive) {
    long end = now + 30_000;
    int answered = 0;
    for (int steps = 0; steps < 10_000 && engine.nextWakeup() <= end; steps++) {
      now = Math.max(now, engine.nextWakeup());
      tell(new DhtEvent.Wakeup());
      for (; answered < effects.size(); answered++) {
        if (effects.get(answered) instanceof DhtEffect.Ask ask && ask.to().equals(alive)) {
          DhtResponse response =
              switch (ask.request()) {
                case DhtRequest.Ping() -> new DhtResponse.Pong(1);
                case DhtRequest.FindNode _ -> new DhtResponse.Nodes(List.of());
                case DhtRequest.FindValue _ -> new DhtResponse.Values(List.of(), List.of());
                case DhtRequest.Store(List<Key> keys) -> new DhtResponse.Stored(keys.size(), "");
                case DhtRequest.Withdraw _ -> new DhtResponse.Stored(0, "");
              };
          tell(new DhtEvent.Answered(ask.rpcId(), response));
        }
      }
    }
    now = end;
  }

  private Knowledge knowledge() {
    return new Knowledge(
        engine.members(), providersOf(told), providersOf(own), engine.republishCursor());
  }

  private List<Contact> providersOf(Key key) {
    long id = lastRequest++;
    List<DhtEffect> answers = new ArrayList<>();
    engine.handle(
        now,
        new DhtEvent.Asked(id, null, 0, new DhtRequest.FindValue(key, List.of(key))),
        answers::add);
    for (DhtEffect each : answers) {
      if (each instanceof DhtEffect.Reply(long replied, DhtResponse.Values values)
          && replied == id) {
        return values.found().isEmpty() ? List.of() : values.found().getFirst().providers();
      }
    }
    throw new AssertionError("no answer");
  }

  private void tell(DhtEvent event) {
    engine.handle(now, event, effects::add);
  }

  private void many(DhtEvent event) {
    for (int i = 0; i < MUCH; i++) {
      tell(event);
    }
  }

  private List<DhtEvent> strangers() {
    return Contacts.random(random, MUCH).stream()
        .map(each -> (DhtEvent) new DhtEvent.Hint(each))
        .toList();
  }

  private void asks(Contact from, DhtRequest request) {
    for (int i = 0; i < 3; i++) {
      tell(new DhtEvent.Asked(lastRequest++, from, 0, request));
    }
  }

  private void asksAsClient(DhtRequest request) {
    tell(new DhtEvent.Asked(lastRequest++, null, 0, request));
  }

  private void answer(long rpcId, DhtResponse response) {
    tell(new DhtEvent.Answered(rpcId, response));
  }

  private List<Key> keys() {
    List<Key> keys = new ArrayList<>(List.of(told));
    for (int i = 0; i < MUCH; i++) {
      keys.add(Key.random(random));
    }
    return keys;
  }

  private DhtEffect.Ask lastAsk() {
    return effects.stream()
        .filter(DhtEffect.Ask.class::isInstance)
        .map(DhtEffect.Ask.class::cast)
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
