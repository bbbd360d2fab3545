package io.quintet.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.node.fault.Failpoint;
import io.quintet.node.home.NodeStartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSmokeTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path dir;

  @AfterEach
  void forget() {
    Failpoint.watch(null);
  }

  @Test
  void aNodeThatCannotWriteItsDepartureDownSaysSoAndStaysAndTakesChunks() throws Exception {
    RunningNode node = TestNodes.start(TestNodes.config(dir, TestNodes.fastLimits()));
    Path journal = dir.resolve("work-unjoin");
    Files.createDirectory(journal);
    assertEquals(500, unjoin(node));
    byte[] blob = {1, 2, 3};
    assertEquals(201, put(node, blob));
    Files.delete(journal);
    assertTrue(node.stop());
  }

  @Test
  void aNodeThatCannotAnnounceItsChunksSaysSoInsteadOfStarting() throws Exception {
    RunningNode node = TestNodes.start(TestNodes.config(dir, TestNodes.fastLimits()));
    assertEquals(201, put(node, new byte[] {1, 2, 3}));
    assertTrue(node.stop());
    Failpoint.watch(step -> {
      if (step == Failpoint.PUBLISH_BEGUN) {
        throw new IOException("no way");
      }
    });
    NodeStartException refused =
        assertThrows(
            NodeStartException.class,
            () -> TestNodes.start(TestNodes.config(dir, TestNodes.fastLimits())));
    assertTrue(refused.toString().contains("no way"), refused::toString);
    Failpoint.watch(null);
    assertTrue(TestNodes.start(TestNodes.config(dir, TestNodes.fastLimits())).stop());
  }

  private static int put(RunningNode node, byte[] blob) throws Exception {
    String id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(node.url() + "/chunk/" + id))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(blob))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private int unjoin(RunningNode node) throws Exception {
    String token = Files.readString(dir.resolve("admin.token")).strip();
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(node.url() + "/unjoin"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aChunkThatWasPutCanBeReadAndIsStillThereAfterARestart() throws Exception {
    byte[] blob = new byte[1 << 20];
    new Random(7).nextBytes(blob);
    String id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
    HttpClient client = HttpClient.newHttpClient();
    RunningNode node = TestNodes.start(TestNodes.config(dir, TestNodes.fastLimits()));
    URI uri = URI.create(node.url() + "/chunk/" + id);
    HttpRequest put =
        HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.ofByteArray(blob)).build();
    assertEquals(201, client.send(put, HttpResponse.BodyHandlers.ofString()).statusCode());
    assertEquals(200, client.send(put, HttpResponse.BodyHandlers.ofString()).statusCode());
    HttpRequest get = HttpRequest.newBuilder(uri).build();
    assertArrayEquals(blob, client.send(get, HttpResponse.BodyHandlers.ofByteArray()).body());
    for (String path :
        new String[] {"/status", "/health/ready", "/metrics", "/openapi", "/chunks"}) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(node.url() + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), path + answer.body());
    }
    String metrics =
        client
            .send(
                HttpRequest.newBuilder(URI.create(node.url() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    assertTrue(
        metrics.contains("\nvertx_http_server_active_requests 1.0\n"),
        "the only request under way is the one for the metrics: " + metrics);
    assertTrue(node.stop());
    node = TestNodes.start(TestNodes.config(dir, TestNodes.fastLimits()));
    HttpRequest again = HttpRequest.newBuilder(URI.create(node.url() + "/chunk/" + id)).build();
    assertArrayEquals(blob, client.send(again, HttpResponse.BodyHandlers.ofByteArray()).body());
    assertTrue(node.stop());
  }
}
