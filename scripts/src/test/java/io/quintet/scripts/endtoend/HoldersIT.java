package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holders promise: what they confirmed is on their disks, comes back with them, and is never
/// passed on when it is wrong.
class HoldersIT {
  private static final int NODES = 7;
  private static final int SIZE = 8_300_000;

  @TempDir static Path dir = Path.of("unset");
  private static Site site;

  @BeforeAll
  static void startNodes() throws Exception {
    site = new Site(dir);
    site.startNodes(NODES);
    site.file("file", SIZE, 3);
  }

  @AfterAll
  static void endNodes() throws Exception {
    for (TestNode node : site.nodes()) {
      node.assertHealthy();
    }
    site.killAll();
  }

  /// Puts the file with a receipt; returns the holders of each chunk.
  private static Map<String, List<TestNode>> put(String manifest, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("put", "file", "-o", manifest, "--receipt", manifest + ".receipt"));
    command.addAll(List.of(more));
    site.onNetwork(command.toArray(String[]::new)).succeeds();
    JsonNode receipt = Run.json(Files.readString(site.path(manifest + ".receipt")));
    JsonNode byChunk = receipt.has("chunks") ? receipt.path("chunks") : receipt;
    Map<String, List<TestNode>> holders = new TreeMap<>();
    byChunk
        .properties()
        .forEach(entry -> {
          List<TestNode> nodes = new ArrayList<>();
          entry.getValue().forEach(id -> nodes.add(site.node(id.asText())));
          holders.put(entry.getKey(), nodes);
        });
    return holders;
  }

  private static void getsTheFile(String manifest) throws Exception {
    site.onNetwork("get", manifest, "-o", manifest + ".out").succeedsWithWarnings();
    Site.assertSame(site.path("file"), site.path(manifest + ".out"));
    Files.delete(site.path(manifest + ".out"));
  }

  private static String sha256(Path file) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(hash);
  }

  @Test
  void whatWasConfirmedIsOnDiskWhenEveryNodeIsKilledThatMoment() throws Exception {
    IdentityHashMap<TestNode, Set<String>> before = new IdentityHashMap<>();
    for (TestNode node : site.nodes()) {
      before.put(node, new TreeSet<>(node.chunksOnDisk()));
    }
    final Map<String, List<TestNode>> holders = put("durable");
    site.killAll();
    assertEquals(8, holders.size());
    for (TestNode node : site.nodes()) {
      Set<String> found = new TreeSet<>(node.chunksOnDisk());
      found.removeAll(before.get(node));
      Set<String> promised = new TreeSet<>();
      holders.forEach((chunk, nodes) -> {
        if (nodes.contains(node)) {
          promised.add(chunk);
        }
      });
      assertEquals(promised, found, node.name());
      for (String chunk : promised) {
        assertEquals(chunk, sha256(node.chunkFile(chunk)));
      }
    }
    holders.values().forEach(nodes -> assertEquals(5, Set.copyOf(nodes).size()));
    List<String> ids = site.nodes().stream().map(TestNode::id).toList();
    site.restartDead();
    assertEquals(ids, site.nodes().stream().map(TestNode::id).toList());
    getsTheFile("durable");
  }

  @Test
  void lostChunksAreNamedTheRestIsKeptAndTheReturnOfOneHolderIsEnough() throws Exception {
    Map<String, List<TestNode>> holders = put("sparse", "--replicas", "2");
    String lost = holders.keySet().iterator().next();
    List<TestNode> gone = holders.getOrDefault(lost, List.of());
    assertEquals(2, gone.size());
    for (TestNode node : gone) {
      node.killAndWait();
    }
    String said = site.onNetwork("get", "sparse", "-o", "out").failsInTwoLines(3);
    assertTrue(said.contains(lost), said);
    assertTrue(said.contains("out.partial"), said);
    assertTrue(Files.notExists(site.path("out")));
    assertPartial(holders, gone);
    byte[] piped = site.onNetwork("get", "sparse", "-o", "-").out();
    assertTrue(piped.length < SIZE, "only what was there went to standard output");

    gone.getFirst().begin();
    gone.getFirst().awaitReady();
    site.awaitMeeting();
    getsTheFile("sparse");
    site.restartDead();
    Files.delete(site.path("out.partial"));
  }

  private static void assertPartial(Map<String, List<TestNode>> holders, List<TestNode> gone)
      throws IOException {
    byte[] partial = Files.readAllBytes(site.path("out.partial"));
    byte[] whole = Files.readAllBytes(site.path("file"));
    assertEquals(SIZE, partial.length);
    long lost = holders.values().stream().filter(gone::containsAll).count();
    int chunk = 1 << 20;
    int wrong = 0;
    for (int at = 0; at < SIZE; at += chunk) {
      int end = Math.min(SIZE, at + chunk);
      if (!Arrays.equals(partial, at, end, whole, at, end)) {
        assertTrue(Arrays.equals(partial, at, end, new byte[end - at], 0, end - at));
        wrong++;
      }
    }
    assertEquals(lost, wrong, "every chunk but the lost ones is there");
  }

  @Test
  void chunksThatRottedAtFourOfFiveHoldersComeFromTheFifth() throws Exception {
    Map<String, List<TestNode>> holders = put("rotten");
    // Read once, so that nothing but the disk can tell.
    getsTheFile("rotten");
    for (Map.Entry<String, List<TestNode>> entry : holders.entrySet()) {
      List<TestNode> nodes = entry.getValue();
      flip(nodes.get(0).chunkFile(entry.getKey()));
      flip(nodes.get(1).chunkFile(entry.getKey()));
      flip(nodes.get(2).chunkFile(entry.getKey()));
      cut(nodes.get(3).chunkFile(entry.getKey()));
    }
    getsTheFile("rotten");
    getsTheFile("rotten");
  }

  private static void flip(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  private static void cut(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length / 2));
  }
}
