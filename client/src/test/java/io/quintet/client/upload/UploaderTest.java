package io.quintet.client.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.memory.MemoryNetwork;
import io.quintet.client.memory.MemoryNode;
import io.quintet.client.memory.MemoryNode.Fault;
import io.quintet.client.progress.ProgressListener;
import io.quintet.dht.id.Key;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.file.ManifestFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class UploaderTest {
  @TempDir private Path folder = Path.of("");
  private MemoryNetwork network = MemoryNetwork.of(7);

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void everyChunkIsOnFiveDistinctNodesBeforeTheManifestIsThere() throws IOException {
    UploadResult result = put(random(3_500_000));
    Manifest manifest = ManifestFile.read(manifestFile());
    assertEquals(4, result.chunks());
    for (int i = 0; i < 4; i++) {
      Key id = Key.fromBytes(manifest.chunks().id(i).toBytes());
      long holders = network.nodes().stream().filter(node -> node.chunks().containsKey(id)).count();
      assertEquals(5, holders);
    }
    assertTrue(result.storedBytes() > 3_500_000);
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(manifestFile())));
  }

  @Test
  void equalChunksAreStoredOnce() throws IOException {
    UploadResult result = put(new byte[20 << 20]);
    assertEquals(20, result.chunks());
    assertEquals(
        5, network.nodes().stream().mapToInt(node -> node.chunks().size()).sum(), "one chunk");
    Manifest manifest = ManifestFile.read(manifestFile());
    assertEquals(0, manifest.chunks().position(19));
  }

  @Test
  void fewerNodesThanWantedIsDegraded() throws IOException {
    useNetworkOf(3);
    UploadResult result = put(random(1_500_000));
    assertEquals(3, result.replicas());
    assertTrue(result.degraded());
    assertTrue(Files.exists(manifestFile()));
  }

  @Test
  void fullAndDeadNodesAreReplacedByOthers() throws IOException {
    network.node(0).fail(Fault.FULL);
    network.node(1).fail(Fault.DOWN);
    UploadResult result = put(random(2_500_000));
    assertEquals(5, result.replicas());
    assertFalse(result.degraded());
    assertEquals(0, network.node(0).chunks().size());
  }

  @Test
  void aBusyNodeIsTriedAgain() throws IOException {
    useNetworkOf(5);
    network.nodes().forEach(node -> node.failNext(1));
    assertEquals(5, put(random(500_000)).replicas());
  }

  @Test
  void tooFewReplicasLeaveNoManifestAndSayWhy() throws IOException {
    network.nodes().subList(0, 5).forEach(node -> node.fail(Fault.FULL));
    UserException e = failsWith(ExitCode.UNAVAILABLE, () -> put(random(1_500_000)));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("only 2 of at least 3"), message);
    assertTrue(message.contains("no room"), message);
    assertTrue(message.contains(network.node(0).contact().url()), message);
    assertOnlySourceIsThere();
  }

  @Test
  void anExplicitMinimumIsKept() throws IOException {
    useNetworkOf(2);
    assertEquals(2, put(random(10)).replicas());
    Files.delete(manifestFile());
    UploadRequest request = request(source(random(10)), 5, 3, false, null);
    failsWith(ExitCode.UNAVAILABLE, () -> upload(request));
    assertEquals(0, network.nodes().stream().mapToInt(node -> node.chunks().size() - 1).sum());
  }

  @Test
  void nobodyOnTheNetworkLeavesNoManifest() throws IOException {
    useNetworkOf(0);
    failsWith(ExitCode.NO_NODES, () -> put(random(10)));
    assertOnlySourceIsThere();
    failsWith(ExitCode.NO_NODES, () -> put(new byte[0]));
  }

  @Test
  void badRequestsAreRefusedBeforeTheNetworkIsTouched() throws IOException {
    Path source = source(random(10));
    UploadRequest good = request(source, 5, 0, false, null);
    Path missing = folder.resolve("missing");
    failsWith(ExitCode.UNAVAILABLE, () -> upload(request(missing, 5, 0, false, null)));
    failsWith(ExitCode.USAGE, () -> upload(request(source, 0, 0, false, null)));
    failsWith(ExitCode.USAGE, () -> upload(request(source, 21, 0, false, null)));
    failsWith(ExitCode.USAGE, () -> upload(request(source, 5, 6, false, null)));
    failsWith(
        ExitCode.USAGE,
        () -> upload(new UploadRequest(source, good.manifest(), "lz4", 5, 0, false, null)));
    failsWith(
        ExitCode.USAGE, () -> upload(new UploadRequest(source, folder, "zstd", 5, 0, true, null)));
    Path nowhere = folder.resolve("nowhere/x.manifest");
    failsWith(
        ExitCode.UNAVAILABLE,
        () -> upload(new UploadRequest(source, nowhere, "zstd", 5, 0, false, null)));
    Files.writeString(good.manifest(), "precious");
    failsWith(ExitCode.REFUSED, () -> upload(good));
    assertEquals("precious", Files.readString(good.manifest()));
    assertEquals(0, network.discoveries());
  }

  @Test
  void anExistingManifestIsReplacedByForce() throws IOException {
    Files.writeString(manifestFile(), "old");
    upload(request(source(random(10)), 5, 0, true, null));
    assertEquals(10, ManifestFile.read(manifestFile()).size());
  }

  @Test
  void theReceiptNamesTheHoldersOfEveryDistinctChunk() throws IOException {
    byte[] bytes = new byte[4 << 20];
    System.arraycopy(random(1 << 20), 0, bytes, 0, 1 << 20);
    Path receipt = folder.resolve("receipt");
    upload(request(source(bytes), 5, 0, false, receipt));
    JsonNode json = JsonMapper.builder().build().readTree(receipt.toFile());
    assertEquals(2, json.size());
    for (JsonNode holders : json) {
      assertEquals(5, holders.size());
    }
    String first = ManifestFile.read(manifestFile()).chunks().id(0).toString();
    Key id = Key.fromHex(first);
    for (JsonNode holder : json.get(first)) {
      MemoryNode node =
          network.nodes().stream()
              .filter(each -> each.contact().id().toString().equals(holder.asText()))
              .findAny()
              .orElseThrow();
      assertTrue(node.chunks().containsKey(id));
    }
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(receipt)));
  }

  @Test
  void standardInputIsStoredAsAFile() throws IOException {
    byte[] bytes = random(1_200_000);
    UploadRequest request = new UploadRequest(null, manifestFile(), "zstd", 5, 0, false, null);
    UploadResult result =
        new Uploader(network, ProgressListener.NONE, new ByteArrayInputStream(bytes))
            .upload(request);
    assertEquals(bytes.length, result.size());
  }

  @Test
  void readingStopsWhileNodesTakeNothing() throws Exception {
    network.nodes().forEach(node -> node.fail(Fault.STUCK));
    CountedZeros zeros = new CountedZeros();
    CompletableFuture<UploadResult> running = new CompletableFuture<>();
    UploadRequest request = new UploadRequest(null, manifestFile(), "none", 5, 0, false, null);
    Thread uploader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                running.complete(
                    new Uploader(network, ProgressListener.NONE, zeros).upload(request));
              } catch (UserException e) {
                running.completeExceptionally(e);
              }
            });
    long chunksMax = UploadPipeline.WINDOW + 1;
    assertTrue(zeros.enough.await(30, TimeUnit.SECONDS));
    assertTrue(zeros.count.get() <= chunksMax << 20);
    uploader.interrupt();
    UserException stopped =
        assertInstanceOf(
            UserException.class,
            assertThrows(ExecutionException.class, () -> running.get(30, TimeUnit.SECONDS))
                .getCause());
    assertEquals(ExitCode.INTERRUPTED, stopped.exitCode());
    assertTrue(zeros.count.get() <= chunksMax << 20, "read " + zeros.count.get());
    assertFalse(Files.exists(manifestFile()));
    uploader.join();
  }

  @Test
  void anInterruptEndsAPutWhoseSourceGivesNothing() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CompletableFuture<Integer> never = new CompletableFuture<>();
    InputStream silent =
        new InputStream() {
          @Override
          public int read() {
            reading.countDown();
            // Like a terminal, this does not end when the reading thread is interrupted.
            return never.join();
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return read();
          }
        };
    UploadRequest request = new UploadRequest(null, manifestFile(), "none", 5, 0, false, null);
    Thread caller = Thread.currentThread();
    Thread interrupter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                reading.await();
                caller.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      Uploader uploader = new Uploader(network, ProgressListener.NONE, silent);
      UserException stopped = assertThrows(UserException.class, () -> uploader.upload(request));
      assertEquals(ExitCode.INTERRUPTED, stopped.exitCode());
      assertTrue(Thread.interrupted());
      interrupter.join();
    } finally {
      never.complete(-1);
    }
  }

  /// Different chunks without end.
  private static final class CountedZeros extends InputStream {
    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch enough = new CountDownLatch(1);

    @Override
    public int read() {
      throw new IllegalStateException("read in large pieces");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      long now = count.addAndGet(length);
      bytes[offset] = (byte) (now >> 20);
      bytes[offset + 1] = (byte) (now >> 28);
      if (now >> 20 >= UploadPipeline.WINDOW) {
        enough.countDown();
      }
      return length;
    }
  }

  private void useNetworkOf(int nodes) {
    network.close();
    network = MemoryNetwork.of(nodes);
  }

  private UploadResult put(byte[] bytes) throws IOException {
    return upload(request(source(bytes), 5, 0, false, null));
  }

  private UploadResult upload(UploadRequest request) {
    return new Uploader(network, ProgressListener.NONE).upload(request);
  }

  private UploadRequest request(
      Path source,
      int replicas,
      int minReplicas,
      boolean force,
      @org.jspecify.annotations.Nullable Path receipt) {
    return new UploadRequest(source, manifestFile(), "zstd", replicas, minReplicas, force, receipt);
  }

  private Path source(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("source"), bytes);
  }

  private Path manifestFile() {
    return folder.resolve("source.manifest");
  }

  private void assertOnlySourceIsThere() throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(java.util.List.of(folder.resolve("source")), files.toList());
    }
  }

  private interface Call {
    UploadResult run() throws IOException;
  }

  private static UserException failsWith(ExitCode code, Call call) {
    UserException e = assertThrows(UserException.class, call::run);
    assertEquals(code, e.exitCode(), e.getMessage());
    assertFalse(e.advice().isEmpty());
    return e;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
