package io.quintet.node.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quintet.node.store.ChunkStore;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkRoutesTest extends EdgeTest {
  @Test
  void aChunkIsStoredOnceAndReadBackByteForByte() throws Exception {
    for (int size : new int[] {0, 1, 8_192, 262_144, 262_145, ChunkStore.CHUNK_BYTES_MAX}) {
      byte[] blob = blob(size, size);
      try (RawHttp http = connect()) {
        assertEquals(201, http.put(idOf(blob), blob).status());
        assertEquals(200, http.put(idOf(blob), blob).status());
        RawHttp.Answer got = http.ask("GET", "/chunk/" + idOf(blob));
        assertEquals(200, got.status());
        assertArrayEquals(blob, got.body());
        assertEquals("\"" + idOf(blob) + "\"", got.header("etag"));
        assertTrue(got.header("cache-control").contains("immutable"));
        RawHttp.Answer head = http.ask("HEAD", "/chunk/" + idOf(blob));
        assertEquals(200, head.status());
        assertEquals(String.valueOf(size), head.header("content-length"));
      }
    }
  }

  @Test
  void whatShallNotBeCachedIsOnTheDiskButNotInMemory() throws Exception {
    byte[] kept = blob(21, 900_000);
    byte[] other = blob(22, 900_000);
    try (RawHttp http = connect()) {
      assertEquals(201, http.put(idOf(kept), kept, "Cache-Control: max-age=0").status());
      assumeTrue(isInMemory(idOf(kept)), "this system does not tell what its cache holds");
      assertEquals(201, http.put(idOf(other), other, "Cache-Control: No-Store").status());
      boolean inMemory = isInMemory(idOf(other));
      assertArrayEquals(other, http.ask("GET", "/chunk/" + idOf(other)).body());
      assumeTrue(!isTmpfs(), "a file system in memory holds everything");
      assertFalse(inMemory);
    }
  }

  private boolean isTmpfs() throws IOException {
    return Files.getFileStore(dir).type().equals("tmpfs");
  }

  /// Whether the page cache holds the whole file of a chunk.
  private boolean isInMemory(String id) throws IOException {
    Path file = dir.resolve("node").resolve("chunks").resolve(id.substring(0, 2)).resolve(id);
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).isLoaded();
    }
  }

  @Test
  void whatIsNotStoredIsNotFound() throws Exception {
    try (RawHttp http = connect()) {
      RawHttp.Answer answer = http.ask("GET", "/chunk/" + "0".repeat(64));
      assertEquals(404, answer.status());
      assertEquals("application/problem+json", answer.header("content-type"));
      JsonObject problem = new JsonObject(answer.text());
      assertEquals("urn:quintet:problem:not-found", problem.getString("type"));
      assertEquals("0".repeat(64), problem.getString("value"));
      assertEquals(404, http.ask("HEAD", "/chunk/" + "0".repeat(64)).status());
    }
  }

  @Test
  void bytesOfAnotherIdAreRefusedAndTheConnectionLives() throws Exception {
    byte[] blob = blob(3, 700_000);
    String other = idOf(blob(4, 1));
    try (RawHttp http = connect()) {
      RawHttp.Answer refused = http.put(other, blob);
      assertEquals(422, refused.status());
      assertTrue(refused.text().contains(other), refused::text);
      assertEquals(404, http.ask("GET", "/chunk/" + other).status());
      assertEquals(201, http.put(idOf(blob), blob).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "GGGG", "ABCDEF"})
  void anIdThatIsNoIdIsRefused(String id) throws Exception {
    String full = id.equals("ABCDEF") ? "A".repeat(64) : id;
    for (String method : new String[] {"GET", "HEAD"}) {
      try (RawHttp http = connect()) {
        assertEquals(400, http.ask(method, "/chunk/" + full).status());
      }
    }
    try (RawHttp http = connect()) {
      assertEquals(400, http.put(full, new byte[10]).status());
    }
  }

  @Test
  void aBodyWithoutLengthIsRefused() throws Exception {
    try (RawHttp http = connect()) {
      http.send(
          "PUT /chunk/"
              + "0".repeat(64)
              + " HTTP/1.1\r\nHost: localhost\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
      assertEquals(411, http.answer().status());
    }
  }

  @Test
  void aBodyThatIsAnnouncedTooLargeIsRefusedBeforeItIsSent() throws Exception {
    try (RawHttp http = connect()) {
      http.send(
          "PUT /chunk/"
              + "0".repeat(64)
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + (ChunkStore.CHUNK_BYTES_MAX + 1)
              + "\r\n\r\n");
      assertEquals(413, http.answer().status());
      http.drain();
    }
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    byte[] blob = blob(8, 1_000_000);
    try (RawHttp http = connect()) {
      http.send(
          "PUT /chunk/"
              + idOf(blob)
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + blob.length
              + "\r\n\r\n");
      http.send(Arrays.copyOf(blob, 600_000));
    }
    try (RawHttp http = connect()) {
      Await.until(() -> temporaries() == 0 && bodiesInFlight(http) == 0, "the upload is dropped");
      assertEquals(404, http.ask("GET", "/chunk/" + idOf(blob)).status());
      assertEquals(201, http.put(idOf(blob), blob).status());
    }
  }

  private long temporaries() throws Exception {
    try (Stream<Path> files = Files.walk(dir.resolve("node").resolve("chunks"))) {
      return files.filter(file -> file.toString().endsWith(".tmp")).count();
    }
  }

  private static int bodiesInFlight(RawHttp http) throws Exception {
    String metrics = http.ask("GET", "/metrics").text();
    return metrics.contains("quintet_bodies_in_flight 0.0") ? 0 : 1;
  }

  @Test
  void expectContinueIsAnsweredBeforeTheBodyIsSent() throws Exception {
    byte[] blob = blob(12, 1_000);
    try (RawHttp http = connect()) {
      http.send(
          "PUT /chunk/"
              + idOf(blob)
              + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
              + "Content-Length: 1000\r\n\r\n");
      assertEquals(100, http.answer().status());
      assertEquals(201, http.send(blob).answer().status());
    }
  }

  @Test
  void rangesAreServed() throws Exception {
    byte[] blob = blob(21, 1_000);
    String path = "/chunk/" + idOf(blob);
    try (RawHttp http = connect()) {
      http.put(idOf(blob), blob);
      RawHttp.Answer part = http.ask("GET", path, "Range: bytes=10-19");
      assertEquals(206, part.status());
      assertEquals("bytes 10-19/1000", part.header("content-range"));
      assertArrayEquals(Arrays.copyOfRange(blob, 10, 20), part.body());
      RawHttp.Answer tail = http.ask("GET", path, "Range: bytes=-5");
      assertArrayEquals(Arrays.copyOfRange(blob, 995, 1_000), tail.body());
      RawHttp.Answer outside = http.ask("GET", path, "Range: bytes=1000-");
      assertEquals(416, outside.status());
      assertEquals("bytes */1000", outside.header("content-range"));
      assertEquals(200, http.ask("GET", path, "Range: bytes=0-1,5-6").status());
      RawHttp.Answer changed =
          http.ask("GET", path, "Range: bytes=0-1", "If-Range: \"something else\"");
      assertEquals(200, changed.status());
    }
  }

  @Test
  void aKnownChunkIsNotSentAgain() throws Exception {
    byte[] blob = blob(31, 100);
    try (RawHttp http = connect()) {
      http.put(idOf(blob), blob);
      RawHttp.Answer known =
          http.ask("GET", "/chunk/" + idOf(blob), "If-None-Match: \"" + idOf(blob) + "\"");
      assertEquals(304, known.status());
      assertEquals(0, known.body().length);
    }
  }

  @Test
  void aDamagedFileIsNeverServed() throws Exception {
    byte[] blob = blob(41, 5_000);
    String id = idOf(blob);
    try (RawHttp http = connect()) {
      http.put(id, blob);
      Path file = dir.resolve("node").resolve("chunks").resolve(id.substring(0, 2)).resolve(id);
      Files.write(file, Arrays.copyOf(blob, 4_999));
      assertEquals(404, http.ask("GET", "/chunk/" + id).status());
      assertEquals(201, http.put(id, blob).status());
    }
  }

  @Test
  void theInventoryIsPaged() throws Exception {
    try (RawHttp http = connect()) {
      for (int i = 0; i < 5; i++) {
        byte[] blob = blob(100 + i, 10);
        http.put(idOf(blob), blob);
      }
      JsonObject page = new JsonObject(http.ask("GET", "/chunks?limit=2").text());
      assertEquals(2, page.getJsonArray("chunks").size());
      String next = page.getString("next");
      JsonObject rest = new JsonObject(http.ask("GET", "/chunks?after=" + next).text());
      assertTrue(rest.getJsonArray("chunks").getJsonObject(0).getString("id").compareTo(next) > 0);
      for (String bad : new String[] {"limit=0", "limit=1001", "limit=x", "limit=-1", "after=x"}) {
        assertEquals(400, http.ask("GET", "/chunks?" + bad).status(), bad);
      }
    }
  }
}
