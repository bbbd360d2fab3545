package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node's HTTP API as curl sees it, and everything that should not reach a node: after each test
/// it lives, serves and has kept exactly what it should.
class RawHttpIT {
  private static final int BLOB_MAX = (1 << 20) + 4096;
  private static final byte[] GOOD =
      "a chunk as curl would put it".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path dir = Path.of("unset");
  private static Site site;

  @BeforeAll
  static void startNodes() throws Exception {
    site = new Site(dir);
    site.startNodes(2);
    assertEquals(201, RawHttp.put(node().url(), id(GOOD), GOOD).status());
  }

  @AfterEach
  void nodeIsAliveAndCorrect() throws Exception {
    node().assertHealthy();
    assertArrayEquals(GOOD, RawHttp.get(node().url(), "/chunk/" + id(GOOD)).body());
    assertTrue(node().chunksOnDisk().contains(id(GOOD)));
    Await.until("temporary files are gone", Duration.ofSeconds(10), this::holdsNoTemporary);
    assertEquals(1, node().members());
  }

  @AfterAll
  static void endNodes() throws Exception {
    site.killAll();
  }

  private static TestNode node() {
    return site.nodes().getFirst();
  }

  private static String id(byte[] blob) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
  }

  private static RawHttp.Answer head(String head, byte[] body) throws Exception {
    return RawHttp.exchange(
        node().url(),
        "PUT",
        head.formatted(node().url().getAuthority()).replace("\n", "\r\n"),
        body);
  }

  @Test
  void chunkIsPutReadHeadedAndListed() throws Exception {
    byte[] blob = new byte[70_000];
    new Random(8).nextBytes(blob);
    assertEquals(201, RawHttp.put(node().url(), id(blob), blob).status());
    assertEquals(200, RawHttp.put(node().url(), id(blob), blob).status());
    RawHttp.Answer get = RawHttp.get(node().url(), "/chunk/" + id(blob));
    assertEquals(200, get.status());
    assertArrayEquals(blob, get.body());
    assertTrue(get.header("etag").contains(id(blob)), get.head().toString());
    RawHttp.Answer headed = RawHttp.send(node().url(), "HEAD", "/chunk/" + id(blob), new byte[0]);
    assertEquals(200, headed.status());
    assertEquals("" + blob.length, headed.header("content-length"));
    assertEquals(0, headed.body().length);
    JsonNode list = Run.json(RawHttp.get(node().url(), "/chunks").text());
    assertTrue(list.toString().contains(id(blob)), list.toString());
    assertEquals(404, RawHttp.get(node().url(), "/chunk/" + "0".repeat(64)).status());
  }

  @Test
  void nodeTellsAboutItself() throws Exception {
    String contract = RawHttp.get(node().url(), "/openapi").text();
    assertTrue(contract.contains("3.1.") && contract.contains("/chunk/{id}"), contract);
    assertEquals(node().id(), node().status().path("id").asText());
    assertEquals(200, RawHttp.get(node().url(), "/health/live").status());
    assertEquals(200, RawHttp.get(node().url(), "/health/ready").status());
    String metrics = RawHttp.get(node().url(), "/metrics").text();
    assertTrue(metrics.contains("quintet_chunks "), metrics);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/chunk/../../etc/passwd",
        "/chunk/..%2f..%2fetc%2fpasswd",
        "/chunk/%2e%2e/%2e%2e/etc/passwd",
        "/chunk/%2e%2e",
        "/chunk/..",
        "/chunk//etc/passwd",
        "/chunk/",
        "/chunk",
        "//chunk/x",
        "/../node.key",
        "/node.key",
        "/chunk/node.key",
        "/chunk/%00",
        "/chunk/a\\b",
        "/admin.token",
        "http://127.0.0.1/etc/passwd",
        "*"
      })
  void pathsThatAreNoChunksReachNothing(String target) throws Exception {
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
      RawHttp.Answer answer = RawHttp.send(node().url(), method, target, GOOD.clone());
      assertTrue(
          answer.status() >= 400 && answer.status() < 500, () -> method + " " + answer.head());
      assertFalse(answer.text().contains("root:"));
    }
  }

  @Test
  void idsThatAreNotSixtyFourLowerCaseDigitsAreRefused() throws Exception {
    String id = id(GOOD);
    for (String wrong :
        List.of(
            id.toUpperCase(Locale.ROOT),
            id.substring(1),
            id + "0",
            id.substring(1) + "g",
            "%61".repeat(20) + id.substring(20))) {
      RawHttp.Answer get = RawHttp.get(node().url(), "/chunk/" + wrong);
      assertTrue(get.status() == 400 || get.status() == 404, () -> wrong + get.head());
      assertTrue(get.isProblem(), get::text);
      RawHttp.Answer put = RawHttp.put(node().url(), wrong, GOOD);
      assertTrue(put.status() == 400 || put.status() == 404, () -> wrong + put.head());
    }
  }

  @Test
  void bodiesThatAreNotTheChunkAreRefused() throws Exception {
    byte[] other = GOOD.clone();
    other[0] ^= 1;
    List<String> before = node().chunksOnDisk();
    RawHttp.Answer wrong = RawHttp.put(node().url(), id(other), GOOD);
    assertEquals(422, wrong.status());
    assertTrue(wrong.isProblem(), wrong::text);
    byte[] large = new byte[BLOB_MAX + 1];
    assertEquals(413, RawHttp.put(node().url(), id(large), large).status());
    String start = "PUT /chunk/" + id(other) + " HTTP/1.1\nHost: %s\n";
    // Announced as far more than anybody could hold.
    assertEquals(413, head(start + "Content-Length: 9999999999999\n\n", other).status());
    assertEquals(400, head(start + "Content-Length: -1\n\n", other).status());
    assertEquals(400, head(start + "Content-Length: 5\nContent-Length: 6\n\n", other).status());
    int none = head(start + "Connection: close\n\n", new byte[0]).status();
    assertTrue(none == 411 || none == 422, "" + none);
    // No length at all: nodes need one before they reserve room.
    int chunked = head(start + "Transfer-Encoding: chunked\n\n", endless()).status();
    assertTrue(chunked == 411 || chunked == 413, "" + chunked);
    Await.until("only these files: " + before, Duration.ofSeconds(10), () -> holdsJust(before));
  }

  private static byte[] endless() {
    byte[] all = new byte[3 * BLOB_MAX];
    Arrays.fill(all, (byte) '\n');
    byte[] size = "200000\r\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, all, 0, size.length);
    return all;
  }

  private boolean holdsNoTemporary() {
    try {
      return node().chunksOnDisk().stream().noneMatch(name -> name.contains("tmp"));
    } catch (IOException | UncheckedIOException e) {
      // A file went away while the folder was read: look again.
      return false;
    }
  }

  /// The answer to a broken upload may come before its temporary file is gone.
  private boolean holdsJust(List<String> files) {
    try {
      return files.equals(node().chunksOnDisk());
    } catch (IOException | UncheckedIOException e) {
      // A file went away while the folder was read: look again.
      return false;
    }
  }

  @Test
  void bodyThatStopsHalfWayLeavesNothing() throws Exception {
    byte[] other = new byte[1000];
    List<String> before = node().chunksOnDisk();
    String start = "PUT /chunk/" + id(other) + " HTTP/1.1\nHost: %s\nContent-Length: 1000\n\n";
    try (Socket socket = new Socket(node().url().getHost(), node().url().getPort())) {
      String head = start.formatted(node().url().getAuthority()).replace("\n", "\r\n");
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(other, 0, 500);
    }
    // One that waits is told so or cut off, within the time that bodies have.
    try {
      RawHttp.Answer answer = head(start, Arrays.copyOf(other, 500));
      assertEquals(408, answer.status());
    } catch (IOException e) {
      assertFalse(e instanceof SocketTimeoutException, "the node waits for ever");
    }
    Await.until("only these files: " + before, Duration.ofSeconds(10), () -> holdsJust(before));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "find_node", "find_value", "store"})
  void malformedJsonIsRefusedAtEveryEndpoint(String call) throws Exception {
    String net = "\"net\":\"" + site.network() + "\"";
    for (String body :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "\"text\"",
            "{}",
            "{\"net\":1}",
            "{" + net + "}",
            "{" + net + "," + net + "}",
            "{" + net + ",\"target\":\"zz\",\"keys\":[1],\"nonce\":7}",
            "{" + net + ",\"target\":{},\"keys\":{},\"nonce\":[],\"from\":{}}",
            "{" + net + ",\"from\":{\"id\":\"" + "0".repeat(64) + "\",\"port\":0}}",
            "[".repeat(5_000) + "]".repeat(5_000),
            "{\"net\":" + "[".repeat(30) + "]".repeat(30) + "}",
            "\u0000\u0001")) {
      RawHttp.Answer answer = RawHttp.post(node().url(), "/dht/" + call, body);
      assertEquals(400, answer.status(), () -> call + " " + body + " " + answer.text());
      assertTrue(answer.isProblem(), answer::text);
    }
    String huge = "{\"net\":\"" + "x".repeat(2 << 20) + "\"}";
    assertEquals(413, RawHttp.post(node().url(), "/dht/" + call, huge).status());
  }

  @Test
  void strangeRequestsAreRefused() throws Exception {
    assertEquals(400, head("NONSENSE\n\n", new byte[0]).status());
    assertEquals(400, head("GET /status HTTP/1.1\n\n", new byte[0]).status());
    int foreign = head("GET /status HTTP/1.1\nHost: evil.example\n\n", new byte[0]).status();
    assertTrue(foreign == 403 || foreign == 421 || foreign == 400, "" + foreign);
    String big = "GET /status HTTP/1.1\nHost: %s\nX: " + "y".repeat(9_000) + "\n\n";
    assertEquals(431, head(big, new byte[0]).status());
    String line = "GET /" + "z".repeat(9_000) + " HTTP/1.1\nHost: %s\n\n";
    assertEquals(414, head(line, new byte[0]).status());
    assertEquals(405, RawHttp.send(node().url(), "DELETE", "/status", new byte[0]).status());
  }

  @Test
  void datagramsOfEveryTypeMalformedInEveryWayChangeNothing() throws Exception {
    List<byte[]> packets = new ArrayList<>();
    String net = "{\"net\":\"" + site.network() + "\",\"type\":";
    for (String type : List.of("HELLO", "WHO", "QUERY_CHUNK", "I_HAVE", "GOODBYE", "OTHER")) {
      for (String rest :
          List.of(
              "",
              "}",
              ",\"id\":\"x\",\"port\":0,\"boot\":-1,\"seq\":1.5}",
              ",\"id\":7,\"port\":\"80\",\"boot\":{},\"seq\":[]}",
              ",\"id\":\"" + "0".repeat(64) + "\",\"port\":1,\"boot\":1,\"seq\":1}",
              ",\"nonce\":\"x\",\"ids\":[\"x\"],\"url\":\"file:///etc/passwd\"}",
              ",\"ids\":" + "[".repeat(300) + "]".repeat(300) + "}")) {
        packets.add((net + "\"" + type + "\"" + rest).getBytes(StandardCharsets.UTF_8));
      }
    }
    Random random = new Random(9);
    for (int size : new int[] {0, 1, 100, 1_200, 1_201, 9_000}) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      packets.add(noise);
    }
    InetAddress broadcast = InetAddress.ofLiteral("127.255.255.255");
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      socket.setBroadcast(true);
      for (byte[] packet : packets) {
        socket.send(new DatagramPacket(packet, packet.length, broadcast, site.udpPort()));
      }
    }
    // They still hear what is meant for them.
    JsonNode nodes = site.onNetwork("nodes", "--json").result(0).path("nodes");
    assertEquals(2, nodes.size(), nodes.toString());
    assertTrue(Files.exists(node().data()));
  }
}
