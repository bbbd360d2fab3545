package io.quintet.scripts.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Listens where a node used to and answers whatever does harm.
final class Liar implements AutoCloseable {
  /// How it answers a request for a chunk.
  enum Lie {
    /// Bytes of another file.
    WRONG_BYTES,
    /// Bytes without end.
    ENDLESS,
    /// Fewer bytes than it says.
    CUT_SHORT,
    /// Somewhere else.
    REDIRECT
  }

  private static final int BLOCK = 1 << 16;

  // More than any chunk; the client must have had enough by then.
  private static final int BLOCKS_MAX = 2_000;

  private final Lie lie;
  private final Runnable whenAnswered;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();

  /// Takes the place of the dead node at `place`.
  ///
  /// @param whenAnswered runs whenever it has answered a request for a chunk's bytes
  Liar(URI place, Lie lie, Runnable whenAnswered) throws IOException {
    this.lie = lie;
    this.whenAnswered = whenAnswered;
    server = HttpServer.create(new InetSocketAddress(place.getHost(), place.getPort()), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// How often it was asked for a chunk's bytes.
  int asked() {
    return asked.get();
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().startsWith("/chunk/")) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("{\"id\":[[[".getBytes(StandardCharsets.UTF_8));
      } else if (exchange.getRequestMethod().equals("GET")) {
        asked.incrementAndGet();
        lie(exchange);
        whenAnswered.run();
      } else {
        exchange.sendResponseHeaders(200, -1);
      }
    } catch (IOException e) {
      // Whoever asked has had enough.
      exchange.close();
    }
  }

  private void lie(HttpExchange exchange) throws IOException {
    switch (lie) {
      case WRONG_BYTES -> send(exchange, 1_000, 1_000);
      case ENDLESS -> send(exchange, 0, (long) BLOCK * BLOCKS_MAX);
      case CUT_SHORT -> send(exchange, 1_000_000, 1_000);
      case REDIRECT -> {
        exchange.getResponseHeaders().add("Location", "file:///etc/passwd");
        exchange.sendResponseHeaders(302, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, long announced, long sent) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    OutputStream out = exchange.getResponseBody();
    for (long rest = sent; rest > 0; rest -= BLOCK) {
      out.write(new byte[(int) Math.min(rest, BLOCK)]);
    }
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
