package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.StatusClient;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts the nodes of a local cluster and waits until they know each other. When that fails, what
/// was started is stopped again.
///
/// Every process is in the state file before the next step, so that none is forgotten when this
/// process dies half-way.
public final class ClusterStart {
  private static final Duration READY_MAX = Duration.ofSeconds(60);

  // A start takes a second or two of a processor, and to meet the others takes more; all at once,
  // none would be ready for long, and every call between them too late.
  private static final int AT_ONCE_MAX = 4;
  private static final Duration MEET_MAX = Duration.ofSeconds(60);

  // Who knows so many finds everybody else; in a large cluster a routing table has no room for all.
  private static final int ACQUAINTED = 20;
  private static final Duration PLACE_MAX = Duration.ofSeconds(10);
  private static final long PLACE_PAUSE_MILLIS = 200;
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);

  // Shorter than an interrupted command may take to leave.
  private static final Duration UNDO_GRACE = Duration.ofSeconds(3);

  private final ClusterDirectory directory;
  private final Launcher launcher;
  private final ClusterPlan plan;
  private final List<Starting> starting = new ArrayList<>();
  private ClusterState state;

  private record Starting(int number, Process process, long startedMillis, ReadyLine log) {}

  /// Nothing happens before [#run].
  public ClusterStart(ClusterDirectory directory, Launcher launcher, ClusterPlan plan) {
    this.directory = directory;
    this.launcher = launcher;
    this.plan = plan;
    state = new ClusterState(plan.network().name(), plan.network().udpPort(), List.of());
  }

  /// Starts all nodes; those that were stopped before come back with their ids and chunks.
  ///
  /// @return the running cluster, every node of which knows every other, or twenty of them
  /// @throws UserException with `REFUSED` when nodes of this directory run already
  public ClusterState run() {
    return run(true);
  }

  /// The same, but returns as soon as all nodes are ready, whom they know by then or not.
  ///
  /// @throws UserException with `REFUSED` when nodes of this directory run already
  public ClusterState runUntilReady() {
    return run(false);
  }

  private ClusterState run(boolean untilMet) {
    directory.create();
    try (FileChannel _ = directory.lock()) {
      refuseSecondStart();
      try (StatusClient client = new StatusClient(STATUS_TIMEOUT)) {
        for (int number = 1; number <= plan.nodeCount(); number++) {
          if (number > AT_ONCE_MAX) {
            awaitPlace(client, starting.get(number - 1 - AT_ONCE_MAX));
          }
          begin(number);
        }
        awaitReady();
        if (untilMet) {
          awaitMeeting(client);
        }
        return state;
      } catch (IOException | RuntimeException e) {
        new ClusterStop(state.nodes(), UNDO_GRACE).run();
        throw e;
      }
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot start " + launcher.script() + " with data in " + directory.root(),
          "check that both can be used",
          e);
    }
  }

  private void refuseSecondStart() {
    ClusterState before = directory.state();
    long alive = before == null ? 0 : before.nodes().stream().filter(NodeProcess::isAlive).count();
    if (alive > 0) {
      throw new UserException(
          ExitCode.REFUSED,
          "a cluster runs already in " + directory.root() + " (" + alive + " nodes)",
          "stop it first: quintet cluster stop --dir " + directory.root());
    }
  }

  private void begin(int number) throws IOException {
    ReadyLine log = ReadyLine.after(directory.log(number));
    Process process =
        launcher.startDetached(
            plan.arguments(number, directory.data(number)), directory.log(number));
    long startedMillis = NodeProcess.startOf(process.toHandle());
    starting.add(new Starting(number, process, startedMillis, log));
    remember(new NodeProcess(number, "", "", process.pid(), startedMillis, directory.data(number)));
  }

  private ReadyLine.Ready awaitOne(Starting node) {
    boolean inTime =
        Patience.until(READY_MAX, () -> node.log().find().isPresent() || !node.process().isAlive());
    return node.log().find().orElseThrow(() -> notReady(node, inTime));
  }

  /// Waits until a node knows those that were started before it. That it does in the end is checked
  /// when all are there.
  private void awaitPlace(StatusClient client, Starting node) {
    URI root = URI.create(awaitOne(node).url());
    int before = Math.min(node.number() - 1, ACQUAINTED);
    Patience.until(PLACE_MAX, PLACE_PAUSE_MILLIS, () -> knowEnough(client, List.of(root), before));
  }

  private void awaitReady() {
    List<NodeProcess> ready = new ArrayList<>();
    for (Starting node : starting) {
      ReadyLine.Ready said = awaitOne(node);
      ready.add(
          new NodeProcess(
              node.number(),
              said.id(),
              said.url(),
              node.process().pid(),
              node.startedMillis(),
              directory.data(node.number())));
    }
    state = new ClusterState(state.network(), state.udpPort(), ready);
    directory.save(state);
  }

  private UserException notReady(Starting node, boolean ended) {
    String what = ended ? " ended before it was ready: " : " was not ready in time: ";
    return new UserException(
        ExitCode.UNAVAILABLE,
        "node " + node.number() + what + node.log().lastWords(),
        "its log is " + directory.log(node.number()));
  }

  private void awaitMeeting(StatusClient client) {
    List<URI> roots = state.nodes().stream().map(NodeProcess::uri).toList();
    int others = Math.min(plan.nodeCount() - 1, ACQUAINTED);
    if (!Patience.until(MEET_MAX, () -> knowEnough(client, roots, others))) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "the nodes run, but did not all find each other within " + MEET_MAX.toSeconds() + " s",
          "check that UDP port "
              + plan.network().udpPort()
              + " is free for broadcasts on lo;"
              + " their logs are in "
              + directory.root());
    }
  }

  private static boolean knowEnough(StatusClient client, List<URI> roots, int others) {
    try {
      for (Map<String, @Nullable Object> status : client.getAll(roots)) {
        if (!(status.get("members") instanceof Number members) || members.intValue() < others) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      // The pause that follows sees the flag and ends the waiting.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void remember(NodeProcess node) {
    state = state.with(node);
    directory.save(state);
  }
}
