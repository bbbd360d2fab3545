package io.quintet.node.bench;

import io.quintet.dht.id.Key;
import io.quintet.node.RunningNode;
import io.quintet.node.TestNodes;
import io.quintet.node.edge.EdgeLimits;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.ChunkWriter;
import io.quintet.node.store.DiskChunkStore;
import io.quintet.node.store.StoreLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// How fast one node takes chunks, beside what its disk can do in the same run. A program, not a
/// test: `java -Xmx128m -cp ... io.quintet.node.bench.PutBenchmark DIR [CHUNKS] [CLIENTS]`.
///
/// Prints MiB/s of: plain write + fsync of files; the store's full write protocol without HTTP; PUT
/// into a node over loopback; GET of the same chunks.
public final class PutBenchmark {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Path directory;
  private final int chunks;
  private final int clients;
  private final PrintStream out;

  private PutBenchmark(Path directory, int chunks, int clients, PrintStream out) {
    this.directory = directory;
    this.chunks = chunks;
    this.clients = clients;
    this.out = out;
  }

  /// Runs it; everything it writes is in a fresh folder below the first argument.
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "bench");
    int chunks = args.length > 1 ? Integer.parseInt(args[1]) : 512;
    int clients = args.length > 2 ? Integer.parseInt(args[2]) : 16;
    new PutBenchmark(directory, chunks, clients, System.out).run();
    System.exit(0);
  }

  private interface Step {
    void run(int number, byte[] blob) throws Exception;
  }

  private void run() throws Exception {
    for (int round = 0; round < 2; round++) {
      Path plain = Files.createDirectory(directory.resolve("plain" + round));
      measure("write+fsync", round, (number, blob) -> plain(plain.resolve("f" + number), blob));
      Path storeDirectory = Files.createDirectory(directory.resolve("store" + round));
      try (ChunkStore store =
          DiskChunkStore.open(storeDirectory, new StoreLimits(Long.MAX_VALUE, 0), true)) {
        measure("store", round + 10, (number, blob) -> store(store, blob));
      }
      RunningNode node =
          TestNodes.start(
              TestNodes.config(directory.resolve("node" + round), EdgeLimits.standard()));
      try (Clients pool = new Clients(URI.create(node.url()).getPort(), clients)) {
        measure("PUT", round + 20, (number, blob) -> pool.put(blob));
        measure("GET", round + 20, (number, blob) -> pool.get(blob));
      }
      node.stop();
    }
  }

  private void measure(String what, int seed, Step step) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      running.add(
          threads.submit(() -> {
            byte[] blob = new byte[CHUNK_BYTES];
            // One random body for all, made different by its first bytes: generating random
            // bytes must not be what is measured.
            new Random(seed).nextBytes(blob);
            for (int n = next.getAndIncrement(); n < chunks; n = next.getAndIncrement()) {
              ByteBuffer.wrap(blob).putInt(n);
              step.run(n, blob);
            }
            return null;
          }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    threads.shutdown();
    out.printf("%-12s %7.0f MiB/s%n", what, chunks / seconds);
  }

  private static void plain(Path file, byte[] blob) throws Exception {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(blob);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
  }

  private static void store(ChunkStore store, byte[] blob) throws Exception {
    try (ChunkWriter writer = store.begin(idOf(blob), blob.length, false)) {
      writer.write(List.of(ByteBuffer.wrap(blob)));
      writer.commit();
    }
  }

  private static Key idOf(byte[] blob) throws Exception {
    return Key.fromBytes(MessageDigest.getInstance("SHA-256").digest(blob));
  }

  /// One kept-alive connection per thread, as thin as a client can be.
  private static final class Clients implements AutoCloseable {
    private final int port;
    private final ThreadLocal<Socket> sockets;
    private final List<Socket> all = Collections.synchronizedList(new ArrayList<>());

    Clients(int port, int count) {
      this.port = port;
      this.sockets = ThreadLocal.withInitial(this::connect);
      assert count > 0;
    }

    private Socket connect() {
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        all.add(socket);
        return socket;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot connect", e);
      }
    }

    void put(byte[] blob) throws Exception {
      Socket socket = sockets.get();
      OutputStream to = socket.getOutputStream();
      to.write(
          ("PUT /chunk/"
                  + idOf(blob)
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                  + blob.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      to.write(blob);
      String head = head(socket.getInputStream());
      if (!head.startsWith("HTTP/1.1 201")) {
        throw new IllegalStateException(head);
      }
    }

    void get(byte[] blob) throws Exception {
      Socket socket = sockets.get();
      socket
          .getOutputStream()
          .write(
              ("GET /chunk/" + idOf(blob) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String head = head(socket.getInputStream());
      if (!head.startsWith("HTTP/1.1 200")) {
        throw new IllegalStateException(head);
      }
      socket.getInputStream().skipNBytes(blob.length);
    }

    private static String head(InputStream in) throws Exception {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          throw new IllegalStateException("the connection ended after: " + head);
        }
        head.append((char) c);
      }
      return head.toString();
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : all) {
        socket.close();
      }
    }
  }
}
