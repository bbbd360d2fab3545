package io.quintet.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSmokeTest {
  @TempDir Path dir;

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
    assertTrue(node.stop());
    node = TestNodes.start(TestNodes.config(dir, TestNodes.fastLimits()));
    HttpRequest again = HttpRequest.newBuilder(URI.create(node.url() + "/chunk/" + id)).build();
    assertArrayEquals(blob, client.send(again, HttpResponse.BodyHandlers.ofByteArray()).body());
    assertTrue(node.stop());
  }
}
