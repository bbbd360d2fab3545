package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fewer nodes than replicas: stored degraded and said so, or not at all.
class FewNodesIT {
  @TempDir Path dir = Path.of("unset");
  private Site site;

  @BeforeEach
  void startThree() throws Exception {
    site = new Site(dir);
    site.startNodes(3);
    site.file("file", 1_500_000, 2);
  }

  @AfterEach
  void endNodes() throws Exception {
    site.killAll();
  }

  private void stored(String manifest, int replicas) throws Exception {
    JsonNode put = site.onNetwork("put", "file", "-o", manifest, "--json").result(5);
    assertEquals(replicas, put.path("replicas").asInt());
    assertTrue(put.path("degraded").asBoolean());
    site.onNetwork("get", manifest, "-o", "out").succeedsWithWarnings();
    Site.assertSame(site.path("file"), site.path("out"));
    Files.delete(site.path("out"));
  }

  @Test
  void threeNodesThenTwoThenOneThenNone() throws Exception {
    stored("three", 3);
    String said = site.onNetwork("put", "file", "-o", "text").failsInTwoLines(5);
    assertTrue(said.contains("3 of 5"), said);
    site.onNetwork("put", "file", "-o", "enough", "--replicas", "3").succeeds();

    site.nodes().getFirst().terminate();
    assertEquals(0, site.nodes().getFirst().awaitEnd());
    String refused =
        site.onNetwork("put", "file", "-o", "m", "--min-replicas", "3").failsInTwoLines(3);
    assertTrue(refused.contains("3"), refused);
    assertFalse(Files.exists(site.path("m")));
    stored("two", 2);

    // No goodbye: the other node and saved peers still name it.
    site.nodes().get(1).killAndWait();
    site.onNetwork("put", "file", "-o", "m", "--min-replicas", "2").failsInTwoLines(3);
    assertFalse(Files.exists(site.path("m")));
    site.onNetwork("get", "three", "-o", "out").succeedsWithWarnings();
    Site.assertSame(site.path("file"), site.path("out"));
    Files.delete(site.path("out"));
    stored("one", 1);

    site.nodes().get(2).killAndWait();
    site.onNetwork("put", "file", "-o", "m").failsInTwoLines(6);
    site.onNetwork("get", "one", "-o", "out").failsInTwoLines(6);
    site.assertHolds("file", "three", "text", "enough", "two", "one");
  }
}
