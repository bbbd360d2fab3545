package io.quintet.dht.net.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.net.PeerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What [HttpPeerClient] makes of nodes that answer wrongly, slowly, endlessly or not at all.
final class HostileNodeTest {
  private static final Key ID = new Key(9, 8, 7, 6);
  private static final int BYTES_MAX = 1_000;

  private final Vertx vertx = Vertx.vertx();
  private final HttpPeerClient client =
      new HttpPeerClient(
          vertx,
          new PeerClientOptions(
              2, 4, Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(900), 65_536));

  @AfterEach
  void close() throws Exception {
    await(client.close());
    await(vertx.close());
  }

  @Test
  void aWholeBodyIsReadAsItIs() throws Exception {
    try (RawServer node = RawServer.start(HostileNodeTest::serveAbc)) {
      assertArrayEquals(bytes("abc"), await(client.getChunk(node.contact(), ID, 3)));
      assertArrayEquals(bytes("abc"), await(client.getChunk(node.contact(), ID, BYTES_MAX)));
      for (int i = 0; i < 10; i++) {
        assertTrue(await(client.hasChunk(node.contact(), ID)));
      }
      assertTrue(node.accepted() <= 2, "connections are kept alive: " + node.accepted());
    }
  }

  private static void serveAbc(RawServer.Connection connection) throws IOException {
    for (String head = connection.request(); head != null; head = connection.request()) {
      String body = head.startsWith("HEAD") ? "" : "abc";
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + body);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404,ABSENT",
    "507,NO_ROOM",
    "503,RETRYABLE",
    "301,PERMANENT",
    "400,PERMANENT",
    "422,PERMANENT",
    "500,PERMANENT",
    "204,PERMANENT"
  })
  void theStatusDecidesWhatTheCallerMayDo(int status, Kind kind) throws Exception {
    String head = "HTTP/1.1 " + status + " X\r\nLocation: /chunk/1\r\n";
    try (RawServer node =
        RawServer.answering(status == 204 ? head + "\r\n" : head + "Content-Length: 0\r\n\r\n")) {
      PeerException failure = failure(client.putChunk(node.contact(), ID, new byte[10], false));
      assertEquals(kind, failure.kind(), failure::toString);
      assertEquals(status, failure.status());
      assertEquals(node.contact(), failure.node());
      fails(kind, client.getChunk(node.contact(), ID, BYTES_MAX));
    }
  }

  @Test
  void aNodeIsAskedNotToCacheWhatOthersAreAskedForFirst() throws Exception {
    for (boolean uncached : new boolean[] {true, false}) {
      CompletableFuture<String> head = new CompletableFuture<>();
      try (RawServer node =
          RawServer.start(connection -> head.complete(String.valueOf(connection.request())))) {
        fails(Kind.RETRYABLE, client.putChunk(node.contact(), ID, new byte[10], uncached));
        String lower = head.get(10, TimeUnit.SECONDS).toLowerCase(Locale.ROOT);
        assertEquals(uncached, lower.contains("cache-control: no-store"), lower);
      }
    }
  }

  @Test
  void theProblemIsQuotedShortAndWithoutControlCharacters() throws Exception {
    String problem =
        "{\"title\":\"\\u001b[2Jno\",\"detail\":\"" + "x".repeat(2_000) + "\",\"status\":422}";
    try (RawServer node =
        RawServer.answering(
            "HTTP/1.1 422 X\r\nContent-Type: application/problem+json\r\nContent-Length: "
                + problem.length()
                + "\r\n\r\n"
                + problem)) {
      String message =
          String.valueOf(failure(client.putChunk(node.contact(), ID, new byte[1], false)));
      assertTrue(message.contains("no: xxx"), message);
      assertTrue(message.length() < 700, message);
      assertTrue(message.chars().allMatch(c -> c >= 0x20 && c < 0x7f), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1001\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: +3\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n",
      })
  void aBodyWithoutOneUsableLengthIsRefused(String header) throws Exception {
    try (RawServer node = RawServer.answering("HTTP/1.1 200 OK\r\n" + header + "\r\nabc")) {
      fails(Kind.PERMANENT, client.getChunk(node.contact(), ID, BYTES_MAX));
    }
  }

  @Test
  void aBodyThatEndsEarlyMayBeAskedForAgain() throws Exception {
    try (RawServer node =
        RawServer.start(connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
        })) {
      fails(Kind.RETRYABLE, client.getChunk(node.contact(), ID, BYTES_MAX));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\0\0\0\0\0\r\n\r\n",
        "220 mail ESMTP\r\n",
        "HTTP/1.1 two hundred\r\n\r\n",
        "HTTP/9.9 200 OK\r\nContent-Length: 3\r\n\r\nabc",
      })
  void nonsenseFailsWithoutWaitingForTheDeadline(String answer) throws Exception {
    try (RawServer node = RawServer.answering(answer)) {
      PeerException failure = failure(client.getChunk(node.contact(), ID, BYTES_MAX));
      assertFalse(failure.toString().contains("within"), failure.toString());
    }
  }

  @Test
  void anEndlessHeadIsCutOff() throws Exception {
    try (RawServer node =
        RawServer.start(connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 OK\r\n");
          while (true) {
            connection.send("X-More: " + "y".repeat(500) + "\r\n");
          }
        })) {
      failure(client.getChunk(node.contact(), ID, BYTES_MAX));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void anEndlessBodyIsCutOff(int status) throws Exception {
    try (RawServer node =
        RawServer.start(connection -> {
          connection.request();
          connection.send("HTTP/1.1 " + status + " X\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            connection.send("1000\r\n" + "z".repeat(0x1000) + "\r\n");
          }
        })) {
      failure(client.getChunk(node.contact(), ID, BYTES_MAX));
      failure(client.putChunk(node.contact(), ID, new byte[1], false));
      failure(client.status(node.contact(), Duration.ofSeconds(1)));
    }
  }

  @Test
  void aDrippingBodyEndsAtTheDeadlineOfTheCall() throws Exception {
    try (RawServer node =
        RawServer.start(connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
          while (true) {
            connection.send("x");
            LockSupport.parkNanos(20_000_000);
          }
        })) {
      fails(Kind.RETRYABLE, client.getChunk(node.contact(), ID, BYTES_MAX));
    }
  }

  @Test
  void aNodeThatNeverAnswersIsGivenUpAndItsConnectionClosed() throws Exception {
    var asked = new CountDownLatch(1);
    var hungUp = new CountDownLatch(1);
    try (RawServer node =
        RawServer.start(connection -> {
          connection.request();
          asked.countDown();
          try {
            connection.awaitHangUp();
          } finally {
            hungUp.countDown();
          }
        })) {
      // On a busy machine a call may be given up before its head was sent.
      for (int i = 0; i < 20 && asked.getCount() > 0; i++) {
        fails(Kind.RETRYABLE, client.getChunk(node.contact(), ID, BYTES_MAX));
      }
      assertTrue(hungUp.await(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void aRefusedConnectionMayBeTriedAgain() throws Exception {
    Contact gone;
    try (RawServer node = RawServer.answering("")) {
      gone = node.contact();
    }
    fails(Kind.RETRYABLE, client.hasChunk(gone, ID));
    fails(Kind.RETRYABLE, client.putChunk(gone, ID, new byte[5], false));
  }

  @Test
  void aRefusalBeforeTheBodyWasReadIsHeard() throws Exception {
    try (RawServer node =
        RawServer.start(connection -> {
          connection.requestHead();
          connection.send("HTTP/1.1 507 full\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
          connection.awaitHangUp();
        })) {
      fails(Kind.NO_ROOM, client.putChunk(node.contact(), ID, new byte[1 << 20], false));
    }
  }

  @Test
  void compressedAnswersAreNotInflated() throws Exception {
    try (RawServer node =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")) {
      assertArrayEquals(bytes("abc"), await(client.getChunk(node.contact(), ID, BYTES_MAX)));
    }
  }

  @Test
  void connectionsAndWaitingCallsAreBounded() throws Exception {
    try (RawServer node =
        RawServer.start(connection -> {
          connection.request();
          connection.awaitHangUp();
        })) {
      List<Future<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(client.hasChunk(node.contact(), ID));
      }
      int refused = 0;
      for (Future<Boolean> call : calls) {
        refused += failure(call).toString().contains("within") ? 0 : 1;
      }
      assertTrue(refused >= 14, refused + " of 20 calls were refused");
      assertTrue(node.accepted() <= 6, node.accepted() + " connections");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1e400}",
        "{\"a\":123456789012345678901234567890}",
        "{\"a\":NaN}",
        "{} {}",
        "{\"a\":"
      })
  void aStatusThatIsNotStrictJsonIsRefused(String body) throws Exception {
    try (RawServer node = RawServer.answering(ok(body))) {
      fails(Kind.PERMANENT, client.status(node.contact(), Duration.ofSeconds(1)));
    }
  }

  @Test
  void theStatusOfANodeIsRead() throws Exception {
    try (RawServer node = RawServer.answering(ok("{\"chunks\":{\"count\":7}}"))) {
      var status = await(client.status(node.contact(), Duration.ofSeconds(1)));
      assertEquals(7, status.getJsonObject("chunks").getInteger("count"));
    }
  }

  @Test
  void closingEndsTheCallsThatRun() throws Exception {
    try (RawServer node =
        RawServer.start(connection -> {
          connection.request();
          connection.awaitHangUp();
        })) {
      HttpPeerClient patient = new HttpPeerClient(vertx, PeerClientOptions.defaults());
      Future<Boolean> call = patient.hasChunk(node.contact(), ID);
      await(patient.close());
      fails(Kind.RETRYABLE, call);
      fails(Kind.RETRYABLE, patient.hasChunk(node.contact(), ID));
    }
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static <T> T await(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(8, TimeUnit.SECONDS);
  }

  private static void fails(Kind kind, Future<?> future) {
    PeerException failure = failure(future);
    assertEquals(kind, failure.kind(), failure.toString());
  }

  private static PeerException failure(Future<?> future) {
    ExecutionException failed = assertThrows(ExecutionException.class, () -> await(future));
    return assertInstanceOf(PeerException.class, failed.getCause());
  }
}
