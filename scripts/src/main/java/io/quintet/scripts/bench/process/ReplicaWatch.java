package io.quintet.scripts.bench.process;

import io.quintet.client.cli.StatusClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches, by their own `GET /status`, how nodes come to hold what they should. Owned by one
/// thread.
public final class ReplicaWatch implements AutoCloseable {
  private static final Duration STATUS_MAX = Duration.ofSeconds(20);

  private final StatusClient client = new StatusClient(STATUS_MAX);
  private final List<URI> nodes;

  /// @param nodes the roots of their APIs; what the first says of replicas is passed on
  public ReplicaWatch(List<URI> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /// Waits until each node knows `members` others.
  ///
  /// @throws IOException when that does not happen in time
  public void awaitMembers(int members, Duration longest) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (client.getAll(nodes).stream().anyMatch(each -> number(each, "members") < members)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("the nodes did not all meet within " + longest.toSeconds() + " s");
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /// Waits until the nodes hold `replicas` chunks together. A node holds a chunk once at most, so
  /// as many replicas as there are nodes and chunks means that every node has every chunk.
  ///
  /// @param minutely told once a minute, and at the end, how far it is
  /// @return the seconds since `window` began
  /// @throws IOException when that does not happen in time
  public double awaitReplicas(
      long replicas, CpuWindow window, Duration longest, Consumer<String> minutely)
      throws IOException, InterruptedException {
    long minutes = 0;
    while (true) {
      List<Map<String, @Nullable Object>> all = client.getAll(nodes);
      double seconds = window.seconds();
      long held = all.stream().mapToLong(status -> number(status, "chunks")).sum();
      boolean over = held >= replicas;
      if (over || seconds >= TimeUnit.MINUTES.toSeconds(minutes + 1)) {
        minutes = (long) seconds / TimeUnit.MINUTES.toSeconds(1);
        minutely.accept(
            "after %.0f s: %d of %d replicas; the survivor says %s"
                .formatted(
                    seconds, held, replicas, all.getFirst().getOrDefault("replicas", "nothing")));
      }
      if (over) {
        return seconds;
      }
      if (seconds > longest.toSeconds()) {
        throw new IOException("given up after " + longest.toSeconds() + " s");
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private static long number(Map<String, ?> status, String field) {
    return status.get(field) instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public void close() {
    client.close();
  }
}
