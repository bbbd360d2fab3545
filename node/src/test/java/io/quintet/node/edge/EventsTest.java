package io.quintet.node.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.node.TestNodes;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventsTest extends EdgeTest {
  private final List<Listener> listeners = new ArrayList<>();
  private HttpClient http = HttpClient.newHttpClient();

  /// A connection of HTTP may be silent for less time than passes between two events.
  @Override
  EdgeLimits limits() {
    EdgeLimits fast = TestNodes.fastLimits();
    return new EdgeLimits(
        fast.headerTime(),
        Duration.ofMillis(300),
        fast.transferGrace(),
        fast.progressTime(),
        fast.connectionsMax(),
        fast.bodiesMax(),
        fast.stopTime());
  }

  /// Keeps what it hears.
  private static final class Listener implements WebSocket.Listener {
    final LinkedBlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        heard.add(new JsonObject(part.toString()));
        part.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }

    JsonObject await(Predicate<JsonObject> wanted) throws InterruptedException {
      for (JsonObject event = next(); ; event = next()) {
        if (wanted.test(event)) {
          return event;
        }
      }
    }

    private JsonObject next() throws InterruptedException {
      JsonObject event = heard.poll(20, TimeUnit.SECONDS);
      assertNotNull(event, "nothing more is told");
      return event;
    }
  }

  @BeforeEach
  void open() {
    http = HttpClient.newHttpClient();
    listeners.clear();
  }

  @AfterEach
  void close() {
    http.shutdownNow();
  }

  /// Waits for a place: one is free again only when the node has seen its connection end.
  private WebSocket listen(Listener listener) {
    listeners.add(listener);
    URI events = URI.create(url.replace("http:", "ws:") + "/events");
    while (true) {
      try {
        return http.newWebSocketBuilder().buildAsync(events, listener).join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof WebSocketHandshakeException refused)
            || refused.getResponse().statusCode() != 503) {
          throw e;
        }
      }
    }
  }

  @Test
  void aListenerHearsHowEverythingIsAndThenWhatChanges() throws Exception {
    Listener listener = new Listener();
    listen(listener);
    Set<String> first = new TreeSet<>();
    listener.await(event -> {
      first.add(event.getString("event"));
      return first.containsAll(Set.of("peers", "transfers", "replicas", "audit", "repair"));
    });
    listener.await(event -> event.getString("event").equals("watch"));
    byte[] blob = blob(7, 1_000);
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(url + "/chunk/" + idOf(blob)))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(blob))
            .build();
    assertEquals(201, http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode());
    JsonObject told =
        listener.await(event ->
            event.getString("event").equals("transfers") && event.getInteger("chunks") == 1);
    assertEquals(1_000, told.getInteger("bytes"));
  }

  @Test
  void whoSpeaksIsLetGo() throws Exception {
    Listener text = new Listener();
    listen(text).sendText("hello", true).join();
    assertEquals(1003, text.closed.get(20, TimeUnit.SECONDS));
    Listener binary = new Listener();
    listen(binary).sendBinary(ByteBuffer.allocate(1_000), true).join();
    assertEquals(1003, binary.closed.get(20, TimeUnit.SECONDS));
    Listener huge = new Listener();
    var _ = listen(huge).sendBinary(ByteBuffer.allocate(1 << 20), true);
    assertTrue(huge.closed.handle((code, failure) -> true).get(20, TimeUnit.SECONDS));
  }

  @Test
  void pagesAndPlainCallsAreRefused() throws Exception {
    HttpRequest plain = HttpRequest.newBuilder(URI.create(url + "/events")).build();
    HttpResponse<String> refusal = http.send(plain, HttpResponse.BodyHandlers.ofString());
    assertEquals(426, refusal.statusCode());
    assertTrue(refusal.body().contains("urn:quintet:problem:upgrade"), refusal.body());
    WebSocketHandshakeException page =
        refused(
            http.newWebSocketBuilder()
                .header("Origin", "http://example.org")
                .buildAsync(URI.create(url.replace("http:", "ws:") + "/events"), new Listener()));
    assertEquals(403, page.getResponse().statusCode());
  }

  @Test
  void noMoreListenThanMay() throws Exception {
    List<WebSocket> sockets = new ArrayList<>();
    for (int i = 0; i < EventRoutes.LISTENERS_MAX; i++) {
      sockets.add(listen(new Listener()));
    }
    URI events = URI.create(url.replace("http:", "ws:") + "/events");
    WebSocketHandshakeException full =
        refused(http.newWebSocketBuilder().buildAsync(events, new Listener()));
    assertEquals(503, full.getResponse().statusCode());
    sockets.getFirst().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    listeners.getFirst().closed.get(20, TimeUnit.SECONDS);
    Listener last = new Listener();
    listen(last);
    last.await(event -> event.getString("event").equals("peers"));
  }

  private static WebSocketHandshakeException refused(CompletableFuture<WebSocket> opening) {
    CompletionException failure = assertThrows(CompletionException.class, opening::join);
    return assertInstanceOf(WebSocketHandshakeException.class, failure.getCause());
  }
}
