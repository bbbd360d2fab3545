package io.quintet.scripts.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.network.NetworkOptions;
import io.quintet.scripts.CommandRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
  private static final NetworkOptions NETWORK =
      new NetworkOptions("test", 9_998, List.of("eth0"), List.of());

  @TempDir Path dir;
  private ClusterDirectory directory = new ClusterDirectory(Path.of("unset"));

  @BeforeEach
  void chooseDirectory() {
    directory = new ClusterDirectory(dir.resolve("cluster"));
  }

  @AfterEach
  void endWhatTheTestStarted() {
    ClusterState state = Files.exists(directory.root()) ? directory.state() : null;
    if (state != null) {
      state.nodes().forEach(ClusterStop::kill);
    }
  }

  private ClusterState start(int nodes, String mode) throws IOException {
    ClusterPlan plan = new ClusterPlan(nodes, NETWORK, null, false);
    return new ClusterStart(directory, FakeNode.launcher(dir, mode), plan).run();
  }

  private CommandRun command(String... args) {
    String[] all = List.of(args).toArray(new String[args.length + 2]);
    all[args.length] = "--dir";
    all[args.length + 1] = directory.root().toString();
    return CommandRun.of(dir, all);
  }

  @Test
  void startedClusterIsShownStoppedAndStartedAgainWithTheSameIds() throws IOException {
    ClusterState first = start(2, "good");
    assertEquals(2, first.nodes().size());
    assertTrue(first.nodes().stream().allMatch(NodeProcess::isAlive));
    assertEquals(first, directory.existingState());

    CommandRun status = command("cluster", "status", "--json");
    NodeProcess one = first.nodes().getFirst();
    String object =
        "{\"id\":\"%s\",\"url\":\"%s\",\"pid\":%d,\"dir\":\"%s\",\"chunks\":10,\"alive\":true}"
            .formatted(one.id(), one.url(), one.pid(), directory.data(1));
    assertTrue(status.out().contains("\"nodes\":[" + object + ","), status.out());
    CommandRun text = command("cluster", "status");
    assertTrue(text.out().contains("2 of 2 nodes alive; network test"), text.out());

    CommandRun stop = command("cluster", "stop");
    assertTrue(stop.out().startsWith("2 nodes stopped; data"), stop.out());
    assertTrue(first.nodes().stream().noneMatch(NodeProcess::isAlive));
    assertTrue(command("cluster", "status", "--json").out().contains("\"alive\":false"));
    assertTrue(command("cluster", "stop").out().startsWith("no node was running"));

    ClusterState second = start(2, "good");
    assertEquals(
        first.nodes().stream().map(NodeProcess::id).toList(),
        second.nodes().stream().map(NodeProcess::id).toList());
  }

  @Test
  void secondStartWhileNodesRunIsRefused() throws IOException {
    start(1, "good");
    UserException refused = assertThrows(UserException.class, () -> start(1, "good"));
    assertEquals(ExitCode.REFUSED, refused.exitCode());
    assertTrue(directory.existingState().nodes().getFirst().isAlive(), "the first one lives on");
  }

  @Test
  void commandWhileAnotherOneHoldsTheClusterIsRefused() throws IOException {
    directory.create();
    try (FileChannel lock = directory.lock()) {
      assertTrue(lock.isOpen());
      UserException refused = assertThrows(UserException.class, () -> start(1, "good"));
      assertEquals(ExitCode.REFUSED, refused.exitCode());
    }
  }

  @Test
  void nodeThatEndsAtOnceFailsTheStartWithItsLastWordsAndNothingIsLeftRunning() {
    UserException failure = assertThrows(UserException.class, () -> start(2, "broken"));
    assertEquals(ExitCode.UNAVAILABLE, failure.exitCode());
    assertEquals(
        "node 2 ended before it was ready: quintet: the disk is on fire", failure.getMessage());
    assertEquals("its log is " + directory.log(2), failure.advice());
    List<NodeProcess> nodes = directory.existingState().nodes();
    assertEquals(2, nodes.size());
    assertTrue(nodes.stream().noneMatch(NodeProcess::isAlive));
  }

  @Test
  void nodeThatIgnoresSigtermIsKilledAndNamed() throws IOException {
    ClusterState state = start(1, "stubborn");
    ClusterStop.Outcome outcome = new ClusterStop(state.nodes(), Duration.ofMillis(300)).run();
    assertEquals(new ClusterStop.Outcome(1, state.nodes()), outcome);
    assertFalse(state.nodes().getFirst().isAlive());
  }

  @Test
  void processThatMerelyHasTheNumberOfANodeIsNeverTouched() throws IOException {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      long start = NodeProcess.startOf(stranger.toHandle());
      NodeProcess recycled =
          new NodeProcess(1, "ab", "http://127.0.0.1:1", stranger.pid(), start - 60_000, dir);
      assertFalse(recycled.isAlive());
      assertEquals(0, new ClusterStop(List.of(recycled), Duration.ZERO).run().stopped());
      ClusterStop.kill(recycled);
      assertTrue(stranger.isAlive());
      NodeProcess same = new NodeProcess(1, "ab", "http://127.0.0.1:1", stranger.pid(), start, dir);
      assertTrue(same.isAlive(), "with the right start time it is found");
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void nodesAreToldToUseLoopbackAlone() {
    ClusterPlan plan = new ClusterPlan(3, NETWORK, 9_000, false);
    List<String> arguments = plan.arguments(2, Path.of("/d"));
    assertEquals(1, arguments.stream().filter("--interface"::equals).count());
    assertEquals("lo", arguments.get(arguments.indexOf("--interface") + 1));
    assertEquals("127.0.0.1", arguments.get(arguments.indexOf("--bind") + 1));
    assertEquals("9001", arguments.get(arguments.indexOf("--port") + 1));
  }

  @Test
  void damagedStateIsNamedAndNothingIsTouched() throws IOException {
    directory.create();
    for (String damaged : List.of("", "{", "{\"network\":1}", "[]", "{\"network\":\"n\"}")) {
      Files.writeString(directory.root().resolve("cluster.json"), damaged);
      CommandRun run = command("cluster", "stop");
      assertEquals(4, run.exitCode(), damaged + ": " + run.err());
      assertEquals(2, run.errLines().size(), run.err());
    }
    Files.delete(directory.root().resolve("cluster.json"));
  }

  @Test
  void stateComesBackAsItWasWritten() throws IOException {
    NodeProcess node = new NodeProcess(1, "ab", "http://127.0.0.1:1", 42, 43, dir);
    ClusterState state = new ClusterState("n", 9_999, List.of(node));
    Path file = dir.resolve("state.json");
    state.write(file);
    assertEquals(state, ClusterState.read(file));
    assertNotNull(ClusterState.read(file).nodes().getFirst());
  }
}
