package io.quintet.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaSummaryTest {
  private static NodeStatus node(
      long kept, Map<String, Integer> counted, Map<String, Integer> first) {
    return new NodeStatus(
        "id",
        "url",
        Map.of(
            "chunks",
            kept,
            "replicas",
            Map.of("chunks", counted, "asFirstHolder", first, "secondsToFullHealth", 0)));
  }

  @Test
  void eachChunkIsCountedByItsFirstHolder() {
    ReplicaSummary summary =
        ReplicaSummary.of(
            List.of(
                node(9, Map.of("5", 9), Map.of("5", 4)), node(9, Map.of("5", 9), Map.of("5", 5))));
    assertEquals("chunks by replicas: 9 at 5; all replicas are there", summary.text());
  }

  @Test
  void whatNobodyCountedYetIsNotCalledComplete() {
    ReplicaSummary summary = ReplicaSummary.of(List.of(node(29, Map.of("5", 3), Map.of("5", 3))));
    assertEquals(26, summary.uncounted());
    assertEquals(
        "chunks by replicas: 3 at 5; all of those are complete; 26 new replicas are not counted"
            + " yet",
        summary.text());
  }
}
