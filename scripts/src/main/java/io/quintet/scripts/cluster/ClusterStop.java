package io.quintet.scripts.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Stops the nodes of a local cluster: politely, and after a while by force.
///
/// @param grace how long a polite stop may take
public record ClusterStop(List<NodeProcess> nodes, Duration grace) {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration DEATH_MAX = Duration.ofSeconds(5);

  /// How it went.
  ///
  /// @param stopped nodes that ran before
  /// @param killed those of them that had to be killed
  public record Outcome(int stopped, List<NodeProcess> killed) {}

  /// Stops all nodes of `state` with the usual grace.
  public static ClusterStop of(ClusterState state) {
    return new ClusterStop(state.nodes(), GRACE);
  }

  /// SIGTERM to all, then SIGKILL to those that are left. A process that merely has the number of a
  /// node is never touched. An interrupt does not stop it: it is how an interrupted command leaves
  /// everything in order.
  public Outcome run() {
    boolean interrupted = Thread.interrupted();
    try {
      return stop();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Outcome stop() {
    List<NodeProcess> running = nodes.stream().filter(NodeProcess::isAlive).toList();
    running.forEach(node -> node.handle().ifPresent(ProcessHandle::destroy));
    Patience.until(grace, () -> running.stream().noneMatch(NodeProcess::isAlive));
    List<NodeProcess> left = running.stream().filter(NodeProcess::isAlive).toList();
    left.forEach(ClusterStop::kill);
    return new Outcome(running.size(), left);
  }

  /// SIGKILL, and waits until the process is gone.
  public static void kill(NodeProcess node) {
    Optional<ProcessHandle> process = node.handle();
    process.ifPresent(ProcessHandle::destroyForcibly);
    Patience.until(DEATH_MAX, () -> !node.isAlive());
  }
}
