package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that leaves for good leaves five replicas behind, and nothing of its own.
class UnjoinIT {
  @TempDir Path dir = Path.of("unset");

  @Test
  void aHolderThatLeavesKeepsFiveReplicasOfEveryChunkAndNoFileOfItsOwn() throws Exception {
    Site site = new Site(dir);
    try {
      site.startNodes(6);
      site.file("file", 6_200_000, 11);
      site.onNetwork("put", "file").succeeds();
      TestNode leaver = site.nodes().getFirst();
      if (leaver.chunksOnDisk().isEmpty()) {
        leaver = site.nodes().getLast();
      }
      int held = leaver.chunksOnDisk().size();
      assertTrue(held > 0);
      Path foreign = Files.writeString(leaver.data().resolve("chunks/notes.txt"), "mine");
      Path link =
          Files.createSymbolicLink(leaver.data().resolve("chunks/00/" + "0".repeat(64)), foreign);

      String wrong = site.run("unjoin", leaver.url().toString()).failsInTwoLines(3);
      assertTrue(wrong.contains("admin token"), wrong);
      JsonNode result =
          site.run("unjoin", leaver.url().toString(), "--data", leaver.data().toString(), "--json")
              .result(0);
      assertEquals(held, result.path("chunks").asInt(), result.toString());
      assertEquals(0, leaver.awaitEnd());

      List<TestNode> staying = new ArrayList<>(site.nodes());
      staying.remove(leaver);
      Map<String, Integer> copies = new TreeMap<>();
      for (TestNode node : staying) {
        node.chunksOnDisk().forEach(chunk -> copies.merge(chunk, 1, Integer::sum));
      }
      assertEquals(6, copies.size());
      copies.forEach((chunk, count) -> assertTrue(count >= 5, chunk + ": " + count));
      assertEquals(List.of(link, foreign), files(leaver.data()));
      // Its records are gone with it: nobody waits for it, and nothing is said to be missing.
      site.onNetwork("get", "file.manifest", "-o", "again").succeeds();
      JsonNode audit = site.onNetwork("audit", "file.manifest", "--json").result(0);
      assertEquals(5, audit.path("minReplicas").asInt(), audit.toString());
      assertEquals(0, audit.path("missing").asInt(), audit.toString());
      Site.assertSame(site.path("file"), site.path("again"));

      // Four would be left, and hold everything: that is allowed, and said.
      TestNode next = staying.getFirst();
      JsonNode degraded =
          site.run("unjoin", next.url().toString(), "--data", next.data().toString(), "--json")
              .result(5);
      assertTrue(degraded.path("degraded").asBoolean(), degraded.toString());
      assertEquals(0, next.awaitEnd());
      site.onNetwork("rm", "file.manifest", "--json").result(0);
    } finally {
      site.killAll();
    }
  }

  private static List<Path> files(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(each -> !Files.isDirectory(each)).sorted().toList();
    }
  }
}
