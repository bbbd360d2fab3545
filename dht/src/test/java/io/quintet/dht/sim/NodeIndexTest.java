package io.quintet.dht.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodeIndexTest {
  private final SplittableRandom random = new SplittableRandom(3);
  private final List<SimNode> nodes = new ArrayList<>();
  private final NodeIndex index = new NodeIndex(nodes);

  @Test
  void everyNodeIsFoundHoweverManyThereAre() {
    for (int i = 0; i < 1_000; i++) {
      add(Key.random(random));
    }
    for (SimNode node : nodes) {
      assertEquals(node.index, index.find(node.contact.id()));
    }
    assertTrue(index.find(Key.random(random)) < 0, "nobody has this id");
  }

  @Test
  void idsThatBeginAlikeAreToldApart() {
    Key first = Key.random(random);
    add(first);
    assertTrue(index.find(first.withRandomTail(200, random)) < 0);
    Key second = first.withRandomTail(200, random);
    add(second);
    assertEquals(0, index.find(first));
    assertEquals(1, index.find(second));
  }

  @Test
  void anInventedIdIsWhoeverIsAtItsAddress() {
    add(Key.random(random));
    add(Key.random(random));
    assertEquals(1, index.at(new Contact(Key.random(random), NodeIndex.hostOf(1), 8_000)));
    assertEquals(0, index.at(nodes.getFirst().contact));
    assertTrue(index.at(new Contact(Key.random(random), NodeIndex.hostOf(2), 8_000)) < 0);
  }

  private void add(Key id) {
    SimNode node =
        new SimNode(nodes.size(), new Contact(id, NodeIndex.hostOf(nodes.size()), 8_000));
    nodes.add(node);
    index.add(node);
  }
}
