package io.quintet.scripts.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A port in front of a node that passes everything on at once, but requests for chunks only when
/// it was opened: a node that lives and is slow.
final class HeldDoor implements AutoCloseable {
  private static final int BLOCK = 1 << 16;
  private static final int HELD_SECONDS_MAX = 30;
  private static final byte[] HELD = "GET /chunk/".getBytes(StandardCharsets.US_ASCII);

  private final Supplier<URI> node;
  private final ServerSocket door;
  private final CountDownLatch open = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param node where it listens, an empty address as long as it does not
  HeldDoor(Supplier<URI> node) throws IOException {
    this.node = node;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var _ = threads.submit(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /// From now on requests for chunks pass, too.
  void open() {
    open.countDown();
  }

  private Void accept() throws IOException {
    while (!door.isClosed()) {
      Socket outside = door.accept();
      var _ =
          threads.submit(() -> {
            serve(outside);
            return null;
          });
    }
    return null;
  }

  private void serve(Socket outside) throws IOException, InterruptedException {
    URI place = node.get();
    try (outside) {
      if (place.getPort() < 0) {
        return;
      }
      try (Socket inside = new Socket(place.getHost(), place.getPort())) {
        var _ =
            threads.submit(() -> {
              pass(inside, outside, false);
              return null;
            });
        pass(outside, inside, true);
      }
    }
  }

  private void pass(Socket from, Socket to, boolean hold) throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] block = new byte[BLOCK];
    for (int length = in.read(block); length >= 0; length = in.read(block)) {
      if (hold && begins(block, length)) {
        boolean opened = open.await(HELD_SECONDS_MAX, TimeUnit.SECONDS);
        assert opened : "the door stayed shut";
      }
      out.write(block, 0, length);
    }
    to.shutdownOutput();
  }

  private static boolean begins(byte[] block, int length) {
    return length >= HELD.length && Arrays.equals(block, 0, HELD.length, HELD, 0, HELD.length);
  }

  @Override
  public void close() throws IOException {
    open();
    door.close();
    threads.shutdownNow();
  }
}
