package io.quintet.scripts.demo;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.scripts.cluster.ClusterDirectory;
import io.quintet.scripts.cluster.ClusterState;
import io.quintet.scripts.cluster.ClusterStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The temporary directory of one demo with its node processes. Closing it ends the processes and
/// removes every file, from whatever step the demo was left; also while another thread still works
/// in it. Thread-safe.
final class DemoSite implements AutoCloseable {
  private static final int ATTEMPTS_MAX = 3;

  private final Path directory;
  private final ClusterDirectory cluster;
  private final ClusterDirectory newcomers;
  private boolean settled;

  private DemoSite(Path directory) {
    this.directory = directory;
    cluster = new ClusterDirectory(directory.resolve("cluster"));
    newcomers = new ClusterDirectory(directory.resolve("newcomers"));
  }

  static DemoSite create() {
    String place = System.getenv("TMPDIR");
    Path parent = Path.of(place == null ? System.getProperty("java.io.tmpdir") : place);
    try {
      return new DemoSite(Files.createTempDirectory(parent.toAbsolutePath(), "quintet-demo"));
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot make a directory in " + parent,
          "name another place: TMPDIR=/some/where quintet demo",
          e);
    }
  }

  Path directory() {
    return directory;
  }

  ClusterDirectory cluster() {
    return cluster;
  }

  /// Where the nodes live that come after the kills.
  ClusterDirectory newcomers() {
    return newcomers;
  }

  /// Refuses when the disk cannot take the demo.
  void requireRoom(long bytes) throws IOException {
    long usable = Files.getFileStore(directory).getUsableSpace();
    if (usable < bytes) {
      throw new UserException(
          ExitCode.REFUSED,
          "the demo needs "
              + (bytes >> 20)
              + " MiB in "
              + directory.getParent()
              + ", which has "
              + (usable >> 20),
          "name a place with more room: TMPDIR=/some/where quintet demo");
    }
  }

  /// From now on, closing leaves everything as it is.
  synchronized void keep() {
    settled = true;
  }

  @Override
  public synchronized void close() {
    if (settled) {
      return;
    }
    settled = true;
    for (ClusterDirectory each : List.of(cluster, newcomers)) {
      ClusterState state = stateOrNull(each);
      if (state != null) {
        // Their data is removed next, so there is nothing that a polite stop would save.
        new ClusterStop(state.nodes(), Duration.ZERO).run();
      }
    }
    remove();
  }

  private static @Nullable ClusterState stateOrNull(ClusterDirectory cluster) {
    return Files.exists(cluster.root()) ? cluster.state() : null;
  }

  private void remove() {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS_MAX && Files.exists(directory); attempt++) {
      try {
        for (Path path : children()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        // Someone wrote in the meantime; what is new is removed by the next attempt.
        last = e;
      }
    }
    if (last != null && Files.exists(directory)) {
      throw new UserException(
          ExitCode.UNAVAILABLE, "cannot remove " + directory, "remove it by hand", last);
    }
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    } catch (java.io.UncheckedIOException e) {
      throw new IOException("the directory changed", e);
    }
  }
}
