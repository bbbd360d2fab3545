package io.quintet.dht.net.http;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A server on loopback that writes whatever bytes a test wants, so that a node can break HTTP in
/// ways that no HTTP library would.
///
/// Every connection has a thread of its own; closing the server closes all connections.
final class RawServer implements AutoCloseable {
  /// What happens on one connection; the connection is closed when this returns.
  interface Script {
    void run(Connection connection) throws IOException;
  }

  /// One accepted connection.
  record Connection(InputStream in, OutputStream out) {
    /// Reads the head of the next request, up to and with the empty line; null at the end.
    @Nullable String requestHead() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (head.size() < 16_384) {
        int next = in.read();
        if (next < 0) {
          return null;
        }
        head.write(next);
        String text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          return text;
        }
      }
      throw new IOException("the request head is too long");
    }

    /// Reads a request whose body has the length that its head says.
    @Nullable String request() throws IOException {
      String head = requestHead();
      if (head != null) {
        for (String line : head.split("\r\n", -1)) {
          if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
            in.readNBytes(Integer.parseInt(line.substring(15).strip()));
          }
        }
      }
      return head;
    }

    /// Sends `text` now.
    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /// Blocks until the other side hangs up.
    void awaitHangUp() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private final ServerSocket listening;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger accepted = new AtomicInteger();

  private RawServer(ServerSocket listening) {
    this.listening = listening;
  }

  static RawServer start(Script script) throws IOException {
    RawServer server =
        new RawServer(new ServerSocket(0, 64, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
    Thread.ofVirtual().start(() -> server.accept(script));
    return server;
  }

  /// Answers each request on each connection with the same text.
  static RawServer answering(String answer) throws IOException {
    return start(connection -> {
      while (connection.request() != null) {
        connection.send(answer);
      }
    });
  }

  /// The node that this server pretends to be.
  Contact contact() {
    return new Contact(new Key(1, 2, 3, 4), "127.0.0.1", listening.getLocalPort());
  }

  /// How many connections there were.
  int accepted() {
    return accepted.get();
  }

  private void accept(Script script) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        accepted.incrementAndGet();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, script));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Script script) {
    try (socket) {
      script.run(
          new Connection(
              new BufferedInputStream(socket.getInputStream()), socket.getOutputStream()));
    } catch (IOException hungUp) {
      // The client may hang up at any time; what it made of that is what the tests look at.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
