package io.quintet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.node.edge.EdgeLimits;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.repair.RepairPolicy;
import io.quintet.node.service.replicas.UpkeepSettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few nodes that do everything a node does: so every step that has a name is reached, and a name
/// that nothing reaches is found.
class FailpointsReachedTest {
  private static final int NODES = 4;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final byte[] SECRET = new byte[32];

  @TempDir Path dir;
  private final Set<Failpoint> reached =
      Collections.synchronizedSet(EnumSet.noneOf(Failpoint.class));
  private final List<RunningNode> nodes = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(17);
  private int udpPort;

  @AfterEach
  void stop() {
    nodes.forEach(RunningNode::stop);
    client.close();
    Failpoint.watch(null);
  }

  private RunningNode start(int number) throws Exception {
    // Seconds instead of hours, and no week before a surplus copy goes.
    RepairPolicy repair = new RepairPolicy(300, 200, 300, 200, 2_000, 1_000, 500);
    UpkeepSettings fast = UpkeepSettings.fast();
    UpkeepSettings upkeep =
        new UpkeepSettings(
            repair,
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            fast.auditPass(),
            fast.auditRetries(),
            fast.auditBytesPerSecond(),
            fast.repairBytesPerSecond());
    return NodeWiring.of(
            new NodeConfig(
                dir.resolve("node-" + number),
                new HttpSettings(null, 0, Set.of(), EdgeLimits.standard()),
                new NetworkSettings("reached-" + udpPort, udpPort, List.of("lo"), List.of()),
                Long.MAX_VALUE,
                0L,
                Map.of(),
                upkeep))
        .start();
  }

  /// A chunk of which its owner wants `replicas`, stored on the first `on` nodes.
  private String put(int replicas, int on) throws Exception {
    byte[] blob = new byte[500 + random.nextInt(5_000)];
    random.nextBytes(blob);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    System.arraycopy("QNT1".getBytes(StandardCharsets.US_ASCII), 0, blob, 0, 4);
    blob[4] = (byte) replicas;
    sha256.update("quintet/delete/v1".getBytes(StandardCharsets.US_ASCII));
    System.arraycopy(sha256.digest(SECRET), 0, blob, 5, 32);
    String id = HexFormat.of().formatHex(sha256.digest(blob));
    for (RunningNode node : nodes.subList(0, on)) {
      HttpRequest.Builder put =
          HttpRequest.newBuilder(chunk(node, id)).PUT(HttpRequest.BodyPublishers.ofByteArray(blob));
      assertEquals(201, status(put));
    }
    return id;
  }

  private static URI chunk(RunningNode node, String id) {
    return URI.create(node.url() + "/chunk/" + id);
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private Path file(int number, String id) {
    return dir.resolve("node-" + number).resolve("chunks").resolve(id.substring(0, 2)).resolve(id);
  }

  private void await(Set<Failpoint> steps) {
    await(
        () -> reached.containsAll(steps),
        () -> {
          Set<Failpoint> missing = EnumSet.copyOf(steps);
          missing.removeAll(reached);
          return "not reached: " + missing;
        });
  }

  private static void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, () -> otherwise.get());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Test
  void everyStepThatHasANameIsReached() throws Exception {
    try (DatagramSocket free = new DatagramSocket()) {
      udpPort = free.getLocalPort();
    }
    Failpoint.watch(reached::add);
    for (int i = 0; i < NODES; i++) {
      nodes.add(start(i));
    }
    // Repair makes the third copy of this one, and trims one of those four.
    put(3, 2);
    put(2, NODES);
    healADamagedCopy(put(4, NODES));
    String unwanted = put(2, 2);
    byte[] deletedFile = Files.readAllBytes(file(0, unwanted));
    HttpRequest.Builder delete =
        HttpRequest.newBuilder(chunk(nodes.getFirst(), unwanted))
            .header("Quintet-Delete", HexFormat.of().formatHex(SECRET))
            .DELETE();
    assertEquals(204, status(delete));
    control(0, "/scrub");
    await(stepsBut("RECOVERY_", "PUBLISH_PAGE_LISTED", "SCRUB_SAV", "PUBLISH_PLACE", "UNJOIN_"));
    crashAndRestart(unwanted, deletedFile);
    await(stepsBut("UNJOIN_"));
    control(NODES - 1, "/unjoin");
    nodes.getLast().awaitHandedOver();
    assertTrue(nodes.removeLast().leave());
    await(stepsBut("never"));
    assertTrue(Failpoint.values().length >= 40);
  }

  private void healADamagedCopy(String id) throws IOException {
    byte[] bytes = Files.readAllBytes(file(0, id));
    bytes[300] ^= 1;
    Files.write(file(0, id), bytes);
    HttpRequest.Builder get = HttpRequest.newBuilder(chunk(nodes.getFirst(), id));
    // Nobody but the healing may know that it has to be brought back; records come a little later.
    await(
        () -> {
          try {
            int status = status(get);
            assertTrue(status == 200 || status == 404, () -> "GET answers " + status);
            return status == 200;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        },
        () -> "the damaged copy is not healed");
  }

  private void control(int number, String path) throws Exception {
    String token = Files.readString(dir.resolve("node-" + number).resolve("admin.token")).strip();
    HttpRequest.Builder call =
        HttpRequest.newBuilder(URI.create(nodes.get(number).url() + path))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody());
    assertEquals(202, status(call));
  }

  /// Stops the first node and leaves what a crash in the middle of an upload and of a deletion
  /// does.
  private void crashAndRestart(String unwanted, byte[] deletedFile) throws Exception {
    assertTrue(nodes.getFirst().stop());
    Files.delete(dir.resolve("node-0").resolve("clean"));
    Files.write(file(0, unwanted), deletedFile);
    Files.write(file(0, unwanted).resolveSibling("." + unwanted + ".1.tmp"), new byte[3]);
    nodes.set(0, start(0));
    assertTrue(Files.notExists(file(0, unwanted)), "a deleted chunk does not come back");
  }

  private static Set<Failpoint> stepsBut(String... prefixes) {
    Set<Failpoint> steps = EnumSet.allOf(Failpoint.class);
    steps.removeIf(step -> List.of(prefixes).stream().anyMatch(step.name()::startsWith));
    return steps;
  }
}
