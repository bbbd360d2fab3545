package io.quintet.node.service.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeWatchTest {
  private static final Duration TURN = Duration.ofSeconds(10);

  @Test
  void aMemberIsAskedSeldomAndOneThatVanishedAtOnceUntilItIsSilent() throws Exception {
    Village village = new Village(8, UpkeepSettings.standard(), 5);
    House watcher = village.houses.getFirst();
    NodeWatch watch = (NodeWatch) watcher.upkeep.workers().getFirst();
    House other = village.houses.getLast();
    turn(village, watch);
    assertEquals(1, other.questions.get());
    for (int i = 0; i < 60; i++) {
      turn(village, watch);
    }
    int asked = other.questions.get();
    assertTrue(asked >= 10 && asked <= 21, asked + " questions in ten minutes");
    other.up = false;
    turn(village, watch);
    assertTrue(watch.of(other.self()).orElseThrow().isPresent(), "one failure is none");
    turn(village, watch);
    assertFalse(watch.of(other.self()).orElseThrow().isPresent());
    other.up = true;
    turn(village, watch);
    assertTrue(watch.of(other.self()).orElseThrow().isPresent());
  }

  private static void turn(Village village, NodeWatch watch) throws Exception {
    watch.step();
    village.time.sleep(TURN);
  }
}
