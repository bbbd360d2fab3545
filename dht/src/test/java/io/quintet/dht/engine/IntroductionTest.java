package io.quintet.dht.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a settled node asks a contact that comes later.
class IntroductionTest {
  private final SplittableRandom random = new SplittableRandom(23);
  private final Contact self = Contacts.random(random);
  private final Contact newcomer = Contacts.random(random);
  private final Contact friend = Contacts.random(random);
  private final DhtEngine engine = new DhtEngine(self, DhtConfig.defaults(), 1);
  private final List<DhtEffect.Ask> asked = new ArrayList<>();
  private final long now = 1_000_000;

  @Test
  void amongFewANewcomerIsAskedWhomItKnowsAndNobodyElseIs() {
    settle(5);
    meet();
    DhtEffect.Ask question = asked.getLast();
    assertEquals(newcomer, question.to());
    assertEquals(new DhtRequest.FindNode(self.id()), question.request());
    tell(new DhtEvent.Answered(question.rpcId(), new DhtResponse.Nodes(List.of(friend))));
    assertEquals(List.of(newcomer, newcomer, friend), to());
    assertEquals(new DhtRequest.Ping(), asked.getLast().request());
  }

  @Test
  void aNewcomerThatDoesNotAnswerChangesNothing() {
    settle(5);
    meet();
    tell(new DhtEvent.Unanswered(asked.getLast().rpcId()));
    assertEquals(List.of(newcomer, newcomer), to());
    assertEquals(6, engine.members().size());
  }

  @Test
  void amongManyANewcomerIsAskedNothing() {
    settle(20);
    meet();
    assertEquals(List.of(newcomer), to());
  }

  private void settle(int count) {
    List<Contact> contacts = new ArrayList<>(Contacts.random(random, count));
    contacts.sort(Comparator.comparing(Contact::id));
    engine.settle(
        now,
        contacts.toArray(Contact[]::new),
        contacts.stream().mapToInt(each -> each.id().prefix()).toArray());
  }

  private void meet() {
    tell(new DhtEvent.Hint(newcomer));
    tell(new DhtEvent.Answered(asked.getLast().rpcId(), new DhtResponse.Pong(1)));
  }

  private List<Contact> to() {
    return asked.stream().map(DhtEffect.Ask::to).toList();
  }

  private void tell(DhtEvent event) {
    engine.handle(
        now,
        event,
        effect -> {
          if (effect instanceof DhtEffect.Ask ask) {
            asked.add(ask);
          }
        });
  }
}
