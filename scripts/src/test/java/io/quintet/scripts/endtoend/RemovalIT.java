package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an owner deletes is gone for ever, also from nodes that were away.
class RemovalIT {
  private static final int NODES = 6;

  @TempDir Path dir = Path.of("unset");
  private Site site = unset();

  @SuppressWarnings("NullAway")
  private static Site unset() {
    return null;
  }

  @BeforeEach
  void startNodes() throws Exception {
    site = new Site(dir);
    site.startNodes(NODES);
  }

  @AfterEach
  void endNodes() throws Exception {
    for (TestNode node : site.nodes()) {
      node.assertNoBugInLog();
    }
    site.killAll();
  }

  private static int copies(List<TestNode> nodes) {
    try {
      int copies = 0;
      for (TestNode node : nodes) {
        copies += node.chunksOnDisk().size();
      }
      return copies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHolderThatWasAwayDeletesAtItsFirstAnnounceAndNothingComesBack() throws Exception {
    site.file("file", 3_300_000, 5);
    site.file("other", 1_000, 6);
    site.onNetwork("put", "file").succeeds();
    site.onNetwork("put", "other").succeeds();
    assertEquals(25, copies(site.nodes()));
    aStrangerCannotDelete(
        site.nodes().stream().filter(node -> copies(List.of(node)) > 0).findFirst().orElseThrow());
    TestNode away = site.nodes().stream().filter(each -> holdsMost(each)).findFirst().orElseThrow();
    String chunk =
        away.chunksOnDisk().stream()
            .filter(id -> away.chunkFile(id).toFile().length() > 100_000)
            .findFirst()
            .orElseThrow();
    byte[] blob = Files.readAllBytes(away.chunkFile(chunk));
    away.killAndWait();

    JsonNode removed = site.onNetwork("rm", "file.manifest", "--json").result(5);
    assertEquals(4, removed.path("deleted").asInt(), removed.toString());
    assertEquals(5, removed.path("holders").asInt(), removed.toString());
    assertEquals(away.id(), removed.path("pending").get(0).path("id").asText());
    assertTrue(Files.exists(site.path("file.manifest")));
    List<TestNode> there = site.nodes().stream().filter(TestNode::isAlive).toList();
    assertTrue(copies(there) <= 5, "what is left is the other file's");

    // Those who were told keep it through a restart, even when all of them restart at once.
    site.killAll();
    site.restartDead();
    Await.until(
        "the node that was away deletes", Duration.ofSeconds(60), () -> copies(site.nodes()) == 5);
    site.onNetwork("get", "file.manifest", "-o", "again").failsInTwoLines(3);
    site.onNetwork("get", "other.manifest", "-o", "again").succeedsWithWarnings();

    HttpResponse<String> refused = put(away, chunk, blob);
    assertEquals(409, refused.statusCode(), refused.body());
    JsonNode tombstone = Run.json(refused.body()).path("tombstone");
    assertEquals(chunk, tombstone.path("id").asText());
    assertFalse(tombstone.path("secret").asText().isEmpty());
    Run other = site.onNetwork("rm", "other.manifest").succeeds();
    assertTrue(other.outText().contains("deleted on 5 of 5"), other.outText());
    assertEquals(0, copies(site.nodes()));
    JsonNode again = site.onNetwork("rm", "file.manifest", "--json").result(0);
    assertEquals(again.path("holders"), again.path("deleted"));
    assertTrue(again.path("complete").asBoolean());
  }

  private static boolean holdsMost(TestNode node) {
    return copies(List.of(node)) >= 4;
  }

  private static HttpResponse<String> put(TestNode node, String chunk, byte[] blob)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(node.url() + "/chunk/" + chunk))
              .PUT(HttpRequest.BodyPublishers.ofByteArray(blob))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void aStrangerCannotDelete(TestNode holder) throws Exception {
    String chunk = holder.chunksOnDisk().getFirst();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> refused =
          http.send(
              HttpRequest.newBuilder(URI.create(holder.url() + "/chunk/" + chunk))
                  .header("Quintet-Delete", "00".repeat(32))
                  .DELETE()
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(403, refused.statusCode(), refused.body());
    }
    assertTrue(holder.chunksOnDisk().contains(chunk));
  }
}
