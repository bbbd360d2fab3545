package io.quintet.node.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.node.store.ChunkStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bounds that a stranger meets, each with bytes on a real socket.
class FrontDoorTest extends EdgeTest {
  private static final String ZERO_ID = "0".repeat(64);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../etc/passwd",
        "/chunk/../../etc/passwd",
        "/chunk/..%2f..%2fnode.key",
        "/chunk/%2e%2e/node.key",
        "//status",
        "/status/",
        "/status;x=1",
        "/STATUS",
        "/chunk/",
        "/chunk/a/b",
        "/nothing",
        "/",
        "*",
        "http://localhost/status",
        "/status%00",
        "\\status"
      })
  void pathsOutsideTheContractReachNothing(String target) throws Exception {
    try (RawHttp http = connect()) {
      RawHttp.Answer answer = http.ask("GET", target);
      assertTrue(answer.status() == 404 || answer.status() == 400, target + answer.status());
      http.drain();
    }
  }

  @Test
  void methodsOutsideTheContractAreRefused() throws Exception {
    for (String method : new String[] {"DELETE", "POST", "TRACE", "CONNECT", "OPTIONS", "FOO"}) {
      try (RawHttp http = connect()) {
        assertEquals(405, http.ask(method, "/status").status(), method);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: evil.example\r\n",
        "Host: 203.0.113.9\r\n",
        "Host: \r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost:x\r\n",
        "Host: [::1\r\n",
        "Host: localhost@evil.example\r\n",
        "Host: localhost\r\nOrigin: http://localhost\r\n",
        "Host: localhost\r\nOrigin: null\r\n"
      })
  void missingAndForeignHostsAndWebPagesAreRefused(String headers) throws Exception {
    try (RawHttp http = connect()) {
      int status = http.send("GET /status HTTP/1.1\r\n" + headers + "\r\n").answer().status();
      assertTrue(status == 400 || status == 421 || status == 403, headers + status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8000", "node.example:80"})
  void namesOfThisNodeAreServed(String host) throws Exception {
    try (RawHttp http = connect()) {
      http.send("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertEquals(200, http.answer().status());
    }
  }

  @Test
  void aHeaderOrARequestLineThatIsTooLongIsRefused() throws Exception {
    try (RawHttp http = connect()) {
      http.send("GET /status HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9_000) + "\r\n\r\n");
      assertEquals(431, http.answer().status());
      http.drain();
    }
    try (RawHttp http = connect()) {
      http.send("GET /chunks?after=" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(414, http.answer().status());
    }
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    for (String nonsense :
        new String[] {"\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n", "a b c d\r\n\r\n"}) {
      try (RawHttp http = connect()) {
        http.send(nonsense);
        http.drain();
      }
    }
  }

  @Test
  void aBodyWhereNoneIsExpectedIsRefused() throws Exception {
    try (RawHttp http = connect()) {
      assertEquals(413, http.ask("GET", "/status", "Content-Length: 5").status());
    }
  }

  @Test
  void http2OverClearTextIsNotSpoken() throws Exception {
    try (RawHttp http = connect()) {
      RawHttp.Answer answer =
          http.ask(
              "GET",
              "/health/live",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABkAAQAAP__");
      assertEquals(200, answer.status());
    }
    try (RawHttp http = connect()) {
      http.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      http.drain();
    }
  }

  @Test
  void aSlowHeaderEndsTheConnection() throws Exception {
    try (RawHttp http = connect()) {
      http.send("GET /status HTTP/1.1\r\nHost: loc");
      assertEquals(0, http.drain());
    }
    try (RawHttp http = connect()) {
      assertEquals(200, http.ask("GET", "/health/live").status());
      http.send("GET /sta");
      drip(http, "x");
      http.drain();
    }
  }

  @Test
  void aBodyThatStandsStillIsEndedWith408() throws Exception {
    try (RawHttp http = connect()) {
      http.send(
          "PUT /chunk/" + ZERO_ID + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
      http.send("abc");
      assertEquals(408, http.answer().status());
      http.drain();
    }
  }

  @Test
  void aBodyThatDripsIsEndedByItsTotalTime() throws Exception {
    try (RawHttp http = connect()) {
      http.send(
          "PUT /chunk/" + ZERO_ID + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
      drip(http, "y");
      http.drain();
    }
  }

  /// Sends a byte now and then until the other side has enough, at most ten seconds.
  private static void drip(RawHttp http, String drop) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    try {
      while (System.nanoTime() - end < 0) {
        http.send(drop);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    } catch (IOException e) {
      // The expected end.
      return;
    }
    throw new AssertionError("the connection took single bytes for ten seconds");
  }

  @Test
  void aReaderThatDoesNotReadIsDropped() throws Exception {
    byte[] blob = blob(50, ChunkStore.CHUNK_BYTES_MAX);
    try (RawHttp http = connect()) {
      assertEquals(201, http.put(idOf(blob), blob).status());
    }
    int pipelined = 30;
    try (RawHttp slow = connect()) {
      for (int i = 0; i < pipelined; i++) {
        slow.send("GET /chunk/" + idOf(blob) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
      try (RawHttp http = connect()) {
        Await.until(
            () -> http.ask("GET", "/metrics").text().contains("quintet_connections 1.0"),
            "the slow reader is dropped");
      }
      assertTrue(slow.drain() < (long) pipelined * blob.length);
    }
  }

  @Test
  void bodiesBeyondTheLimitAreToldToComeBack() throws Exception {
    List<RawHttp> open = new ArrayList<>();
    byte[] blob = blob(60, 100);
    try {
      for (int i = 0; i < limits().bodiesMax(); i++) {
        RawHttp http = connect();
        open.add(http);
        http.send(
            "PUT /chunk/"
                + ZERO_ID
                + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                + "Content-Length: 1000\r\n\r\n");
        assertEquals(100, http.answer().status());
      }
      try (RawHttp http = connect()) {
        RawHttp.Answer busy = http.put(idOf(blob), blob);
        assertEquals(503, busy.status());
        assertEquals("1", busy.header("retry-after"));
      }
    } finally {
      for (RawHttp http : open) {
        http.close();
      }
    }
    try (RawHttp http = connect()) {
      Await.until(() -> http.put(idOf(blob), blob).status() != 503, "there is room again");
    }
  }

  @Test
  void connectionsBeyondTheLimitAreClosed() throws Exception {
    List<RawHttp> open = new ArrayList<>();
    try {
      for (int i = 0; i < limits().connectionsMax(); i++) {
        open.add(connect());
      }
      try (RawHttp late = connect()) {
        assertEquals(0, late.drain());
      }
    } finally {
      for (RawHttp http : open) {
        http.close();
      }
    }
    Await.until(this::served, "others are served again");
  }

  private boolean served() throws Exception {
    try (RawHttp http = connect()) {
      return http.ask("GET", "/health/live").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void jsonBodiesAreBounded() throws Exception {
    for (String operation : new String[] {"ping", "find_node", "find_value", "store"}) {
      boolean batch = operation.equals("find_value") || operation.equals("store");
      int max = batch ? EdgeLimits.JSON_BATCH_BYTES_MAX : EdgeLimits.JSON_BYTES_MAX;
      try (RawHttp http = connect()) {
        post(http, operation, "Content-Length: " + (max + 1) + "\r\n", "");
        assertEquals(413, http.answer().status(), operation);
      }
      try (RawHttp http = connect()) {
        post(http, operation, "", "");
        assertEquals(411, http.answer().status(), operation);
      }
      try (RawHttp http = connect()) {
        String deep = "[".repeat(17) + "]".repeat(17);
        post(http, operation, "Content-Length: " + deep.length() + "\r\n", deep);
        assertEquals(400, http.answer().status(), operation);
      }
    }
  }

  private static void post(RawHttp http, String operation, String headers, String body)
      throws IOException {
    http.send(
        "POST /dht/" + operation + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body);
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    byte[] blob = blob(70, 50);
    try (RawHttp http = connect()) {
      String head =
          "PUT /chunk/" + idOf(blob) + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n";
      http.send(head).send(blob);
      http.send("GET /chunk/" + idOf(blob) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(201, http.answer().status());
      assertArrayEquals(blob, http.answer().body());
    }
  }
}
