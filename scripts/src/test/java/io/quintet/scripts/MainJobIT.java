package io.quintet.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job as a user does it: the launcher, seven node processes, a file, four of the nodes
/// killed.
class MainJobIT {
  private static final int NODES = 7;
  private static final int KILLED = 4;
  private static final int FILE_BYTES = 20_000_000;
  private static final long SECONDS_MAX = 120;

  private final long seed = System.nanoTime();
  private final ObjectMapper mapper = new ObjectMapper();
  @TempDir Path dir;

  private record Run(int exitCode, List<String> out, String err) {}

  @AfterEach
  void stopCluster() throws Exception {
    if (Files.exists(dir.resolve("cluster"))) {
      assertEquals(0, quintet("cluster", "stop", "--dir", "cluster").exitCode());
    }
  }

  @Test
  void fileOutlivesFourOfSevenNodes() throws Exception {
    List<String> network = List.of("--network", "main-job-" + seed, "--udp-port", freeUdpPort());
    result(quintet(and(network, "cluster", "start", "" + NODES, "--dir", "cluster", "--json")));
    Path file = dir.resolve("file");
    byte[] content = new byte[FILE_BYTES];
    new Random(seed).nextBytes(content);
    // Half of it can be compressed.
    Arrays.fill(content, 0, FILE_BYTES / 2, (byte) 'x');
    Files.write(file, content);

    JsonNode put = result(quintet(and(network, "put", "file", "--json")));
    assertEquals(FILE_BYTES, put.path("size").asLong());
    assertEquals(5, put.path("replicas").asInt());
    assertFalse(put.path("degraded").asBoolean());
    for (JsonNode holders : put.path("receipt")) {
      Set<String> distinct = new HashSet<>();
      holders.forEach(id -> distinct.add(id.asText()));
      assertEquals(5, distinct.size());
    }

    killFour();
    JsonNode get =
        result(quintet(and(network, "get", "file.manifest", "-o", "restored", "--json")));
    assertEquals(-1, Files.mismatch(file, dir.resolve("restored")), "seed " + seed);
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
    assertEquals(HexFormat.of().formatHex(sha256), get.path("sha256").asText());
  }

  private void killFour() throws Exception {
    JsonNode status = result(quintet("cluster", "status", "--dir", "cluster", "--json"));
    assertEquals(NODES, status.path("nodes").size());
    List<JsonNode> nodes = new ArrayList<>();
    status.path("nodes").forEach(nodes::add);
    Collections.shuffle(nodes, new Random(seed));
    for (JsonNode node : nodes.subList(0, KILLED)) {
      ProcessHandle process = ProcessHandle.of(node.path("pid").asLong()).orElseThrow();
      assertTrue(process.destroyForcibly());
      process.onExit().get(10, TimeUnit.SECONDS);
    }
    JsonNode after = result(quintet("cluster", "status", "--dir", "cluster", "--json"));
    long alive = 0;
    for (JsonNode node : after.path("nodes")) {
      alive += node.path("alive").asBoolean() ? 1 : 0;
    }
    assertEquals(NODES - KILLED, alive);
  }

  private static String[] and(List<String> network, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(network);
    return all.toArray(String[]::new);
  }

  private JsonNode result(Run run) throws IOException {
    assertEquals(0, run.exitCode(), run.out() + run.err());
    JsonNode last = mapper.readTree(run.out().getLast());
    assertEquals("result", last.path("event").asText());
    return last;
  }

  private Run quintet(String... args) throws Exception {
    Path out = Files.createTempFile(dir, "out", "");
    Path err = Files.createTempFile(dir, "err", "");
    List<String> command = new ArrayList<>(List.of(System.getProperty("quintet.launcher")));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_STATE_HOME", dir.resolve("state").toString());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), String.join(" ", args));
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readAllLines(out), Files.readString(err));
  }

  private static String freeUdpPort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
