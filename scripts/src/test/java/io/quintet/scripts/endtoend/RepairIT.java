package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replicas come back by themselves to five, with real processes and real kills.
class RepairIT {
  private static final int CHUNKS = 6;
  private static final Duration REPAIR_MAX = Duration.ofSeconds(90);

  @TempDir Path dir = Path.of("unset");
  private Site site;

  @BeforeEach
  void startSevenAndPut() throws Exception {
    site = new Site(dir);
    site.startNodes(7, "--fast-repair");
    site.file("file", CHUNKS << 20, 4);
    site.onNetwork("put", "file", "-o", "m").succeeds();
  }

  @AfterEach
  void endNodes() throws Exception {
    site.killAll();
  }

  private List<TestNode> living() {
    return site.nodes().stream().filter(TestNode::isAlive).toList();
  }

  /// Whether the living nodes count each chunk at five nodes, and nobody counts fewer.
  private boolean isWhole() {
    try {
      int chunks = 0;
      for (TestNode node : living()) {
        JsonNode replicas = node.status().path("replicas");
        if (replicas.path("short").asInt(-1) != 0) {
          return false;
        }
        for (Map.Entry<String, JsonNode> count : replicas.path("asFirstHolder").properties()) {
          chunks += Integer.parseInt(count.getKey()) >= 5 ? count.getValue().asInt() : 0;
        }
      }
      return chunks >= CHUNKS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the nodes count may be from before the last kill: only proofs tell that it is over.
  private void awaitWhole() throws Exception {
    Await.until("an audit finds five of every chunk", REPAIR_MAX, this::isProven);
    JsonNode audit = site.onNetwork("audit", "m", "--json").result(0);
    assertEquals(CHUNKS, audit.path("chunks").asInt(), audit::toString);
    assertTrue(audit.path("minReplicas").asInt() >= 5, audit::toString);
    assertTrue(audit.path("proven").asInt() <= 7 * CHUNKS, audit::toString);
    assertEquals(0, audit.path("wrong").asInt(), audit::toString);
    Await.until("the nodes count five of every chunk", REPAIR_MAX, this::isWhole);
  }

  /// Whether five nodes prove each chunk, and nobody is named that does not.
  private boolean isProven() {
    try {
      Run audit = site.onNetwork("audit", "m", "--json");
      return audit.exitCode() == 0 && audit.result(0).path("missing").asInt() == 0;
    } catch (Exception e) {
      throw new AssertionError("the audit cannot be run", e);
    }
  }

  private void killHolders(int count) throws Exception {
    for (TestNode node : living().subList(0, count)) {
      node.killAndWait();
    }
  }

  private void getIsRight() throws Exception {
    site.onNetwork("get", "m", "-o", "out").succeedsWithWarnings();
    Site.assertSame(site.path("file"), site.path("out"));
    Files.delete(site.path("out"));
  }

  @Test
  void replicasComeBackToFiveAfterKillsAndAfterTheLossOfFourOfFiveHolders() throws Exception {
    awaitWhole();
    killHolders(2);
    awaitWhole();
    // Five nodes are left, so each has every chunk: now one holder of five survives.
    killHolders(4);
    getIsRight();
    site.startNodes(4, "--fast-repair");
    awaitWhole();
    getIsRight();
  }

  @Test
  void theOwnerRepairsWithARedactedManifest() throws Exception {
    site.run("manifest", "redact", "m", "-o", "r").succeeds();
    assertEquals(7, site.run("manifest", "redact", "m", "-o", "r").exitCode());
    assertEquals(7, site.run("manifest", "redact", "m", "-o", "m", "--force").exitCode());
    assertTrue(!Files.readString(site.path("r")).contains("generations"));
    assertEquals(7, site.onNetwork("get", "r", "-o", "out").exitCode());
    killHolders(2);
    JsonNode repair = site.onNetwork("repair", "r", "--json").result(0);
    assertTrue(repair.path("minReplicas").asInt() >= 5, repair::toString);
    killHolders(5);
    assertEquals(6, site.onNetwork("audit", "r").exitCode());
  }
}
