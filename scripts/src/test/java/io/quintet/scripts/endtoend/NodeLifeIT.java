package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes come, go, fall over, come back, and keep out of each other's way.
class NodeLifeIT {
  private static final Duration NOTICE_MAX = Duration.ofSeconds(30);

  @TempDir static Path dir = Path.of("unset");
  private static Site site;
  private static Site neighbour;

  @BeforeAll
  static void startTwoNetworksOnOnePort() throws Exception {
    site = new Site(Files.createDirectory(dir.resolve("one")));
    site.startNodes(3);
    neighbour = new Site(Files.createDirectory(dir.resolve("two")), site.udpPort());
    neighbour.startNodes(2);
  }

  @AfterAll
  static void endNodes() throws Exception {
    for (TestNode node : site.nodes()) {
      node.assertHealthy();
    }
    site.killAll();
    neighbour.killAll();
  }

  private static Set<String> ids(Site from) {
    Set<String> ids = new TreeSet<>();
    from.nodes().forEach(node -> ids.add(node.id()));
    return ids;
  }

  @Test
  void networksOnOneUdpPortDoNotMix() throws Exception {
    for (Site each : new Site[] {site, neighbour}) {
      JsonNode result = each.onNetwork("nodes", "--json").result(0);
      Set<String> listed = new TreeSet<>();
      result.path("nodes").forEach(node -> listed.add(node.path("id").asText()));
      assertEquals(ids(each), listed);
      for (TestNode node : each.nodes()) {
        assertEquals(each.nodes().size() - 1, node.members());
      }
    }
  }

  @Test
  void nodeStopsPolitelyBySigtermAndTheOthersNotice() throws Exception {
    TestNode leaving = site.nodes().getFirst();
    leaving.terminate();
    assertEquals(0, leaving.awaitEnd(), leaving::logText);
    leaving.assertNoBugInLog();
    for (TestNode other : site.nodes().subList(1, 3)) {
      Await.until("the others notice", NOTICE_MAX, () -> other.members() == 1);
    }
    site.restartDead();
  }

  @Test
  void killedNodeComesBackAsItselfWithItsChunks() throws Exception {
    site.file("file", 1_100_000, 7);
    site.onNetwork("put", "file", "-o", "m", "--replicas", "3").succeeds();
    TestNode node = site.nodes().get(1);
    final String id = node.id();
    final int chunks = node.status().path("chunks").asInt();
    final long boot = node.status().path("boot").asLong();
    assertTrue(chunks >= 2);
    node.killAndWait();
    // What a crash in the middle of a write leaves.
    String any = node.chunksOnDisk().getFirst();
    Path torn = node.chunkFile(any).resolveSibling("." + any + ".1.tmp");
    Files.write(torn, new byte[100]);
    site.restartDead();
    assertEquals(id, node.id());
    assertEquals(chunks, node.status().path("chunks").asInt());
    assertEquals(boot + 1, node.status().path("boot").asLong());
    assertTrue(Files.notExists(torn));
    for (String chunk : node.chunksOnDisk()) {
      Site.assertSame(node.chunkFile(chunk), RawHttp.get(node.url(), "/chunk/" + chunk).body());
    }
  }

  @Test
  void secondNodeOnTheSameDirectoryIsRefused() throws Exception {
    TestNode first = site.nodes().getFirst();
    String[] second =
        first.arguments(first.name()).stream()
            .filter(argument -> !argument.equals("--json"))
            .toArray(String[]::new);
    String said = site.run(second).failsInTwoLines(7);
    assertTrue(said.contains("another node uses the data directory"), said);
    first.assertHealthy();
  }

  @Test
  void nodeThatCannotStartSaysWhy() throws Exception {
    String port = "" + site.nodes().getFirst().url().getPort();
    String said =
        site.onNetwork("node", "--data", "fresh", "--bind", "127.0.0.1", "--port", port)
            .failsInTwoLines(7);
    assertTrue(said.contains(port), said);
    Files.writeString(site.path("no-folder"), "");
    site.onNetwork("node", "--data", "no-folder", "--port", "0").failsInTwoLines(7);
    site.onNetwork("node", "--data", "no-folder/in", "--port", "0").failsInTwoLines(7);
    site.onNetwork("node", "--data", "fresh", "--port", "70000").failsInTwoLines(2);
    site.onNetwork("node", "--data", "fresh", "--capacity", "lots").failsInTwoLines(2);
    site.run("node", "--data", "fresh", "--port", "0", "--interface", "nosuch0").failsInTwoLines(7);
    Files.createDirectories(site.path("damaged"));
    Files.writeString(site.path("damaged/node.key"), "no key");
    site.onNetwork("node", "--data", "damaged", "--port", "0").failsInTwoLines(7);
    assertEquals("no key", Files.readString(site.path("damaged/node.key")));
  }
}
