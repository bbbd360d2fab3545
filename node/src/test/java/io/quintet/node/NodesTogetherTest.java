package io.quintet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.node.edge.EdgeLimits;
import io.quintet.node.service.replicas.UpkeepSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.DatagramSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on the real network room, over loopback alone.
class NodesTogetherTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  @TempDir Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private List<RunningNode> nodes = List.of();

  @BeforeEach
  void start() throws Exception {
    int udpPort;
    try (DatagramSocket free = new DatagramSocket()) {
      udpPort = free.getLocalPort();
    }
    nodes = List.of(node("a", udpPort), node("b", udpPort));
  }

  private RunningNode node(String name, int udpPort) throws Exception {
    NetworkSettings network =
        new NetworkSettings("together-" + udpPort, udpPort, List.of("lo"), List.of());
    HttpSettings http = new HttpSettings(null, 0, Set.of(), EdgeLimits.standard());
    return NodeWiring.of(
            new NodeConfig(
                dir.resolve(name),
                http,
                network,
                Long.MAX_VALUE,
                0L,
                Map.of(),
                UpkeepSettings.standard()))
        .start();
  }

  @AfterEach
  void stop() {
    nodes.forEach(RunningNode::stop);
    client.close();
  }

  private JsonObject status(RunningNode node) throws Exception {
    HttpRequest get = HttpRequest.newBuilder(URI.create(node.url() + "/status")).build();
    return new JsonObject(client.send(get, BodyHandlers.ofString()).body());
  }

  private HttpResponse<String> post(RunningNode node, String operation, String body)
      throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(node.url() + "/dht/" + operation))
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(post, BodyHandlers.ofString());
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition, String what) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      assertTrue(System.nanoTime() - end < 0, "did not happen in time: " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void peersAreOnTheDiskWhileTheNodeRuns() throws Exception {
    for (String name : List.of("a", "b")) {
      String network = status(nodes.getFirst()).getString("network");
      Path peers = dir.resolve(name).resolve("peers-" + network + ".json");
      String other = status(nodes.get(name.equals("a") ? 1 : 0)).getString("id");
      await(
          () -> Files.exists(peers) && Files.readString(peers).contains(other),
          "what a kill would leave names the other node");
    }
  }

  @Test
  void theyFindEachOtherAndKnowWhoHasWhat() throws Exception {
    RunningNode a = nodes.getFirst();
    RunningNode b = nodes.getLast();
    await(
        () -> status(a).getInteger("members") == 1 && status(b).getInteger("members") == 1,
        "the nodes meet by beacons");
    byte[] blob = "shared".getBytes(StandardCharsets.UTF_8);
    String id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(a.url() + "/chunk/" + id))
            .PUT(BodyPublishers.ofByteArray(blob))
            .build();
    assertEquals(201, client.send(put, BodyHandlers.discarding()).statusCode());
    String question =
        new JsonObject()
            .put("net", status(a).getString("network"))
            .put("target", id)
            .put("keys", new JsonArray().add(id))
            .encode();
    await(
        () -> post(b, "find_value", question).body().contains(status(a).getString("id")),
        "b learns that a has it");
  }

  @Test
  void malformedJsonIsRefusedAtEveryOperation() throws Exception {
    for (String operation : new String[] {"ping", "find_node", "find_value", "store"}) {
      for (String body :
          new String[] {"", "x", "[]", "{}", "{\"net\":1}", "{\"net\":\"a\",\"net\":\"b\"}"}) {
        HttpResponse<String> answer = post(nodes.getFirst(), operation, body);
        assertEquals(400, answer.statusCode(), operation + " " + body);
        assertTrue(answer.body().contains("urn:quintet:problem:"), answer::body);
      }
    }
  }
}
