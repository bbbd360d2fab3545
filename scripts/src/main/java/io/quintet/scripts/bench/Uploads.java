package io.quintet.scripts.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Many threads that PUT chunks of 1 MiB on one node at the same time, as fast as it takes them.
final class Uploads {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int CREATED = 201;
  private static final int BUSY = 503;

  private final URI node;
  private final int parallel;
  private final AtomicInteger stored = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();

  Uploads(URI node, int parallel) {
    this.node = node;
    this.parallel = parallel;
  }

  int stored() {
    return stored.get();
  }

  int busy() {
    return busy.get();
  }

  /// Lets each thread upload `rounds` chunks.
  ///
  /// @throws IOException when the node answers anything but 201 and 503
  void run(int rounds) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      List<Future<?>> uploads = new ArrayList<>();
      for (int i = 0; i < parallel; i++) {
        Random random = new Random(i);
        uploads.add(
            threads.submit(() -> {
              byte[] chunk = new byte[CHUNK_BYTES];
              for (int round = 0; round < rounds; round++) {
                random.nextBytes(chunk);
                put(client, chunk);
              }
              return null;
            }));
      }
      for (Future<?> upload : uploads) {
        upload.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("an upload failed", e.getCause());
    }
  }

  private void put(HttpClient client, byte[] chunk) throws IOException, InterruptedException {
    String id = HexFormat.of().formatHex(StoredChunks.sha256().digest(chunk));
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/chunk/" + id))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(chunk))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    switch (response.statusCode()) {
      case CREATED -> stored.incrementAndGet();
      case BUSY -> busy.incrementAndGet();
      default -> throw new IOException("the node answered " + response.statusCode());
    }
  }
}
