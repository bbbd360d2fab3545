package io.quintet.scripts.bench;

import io.quintet.scripts.bench.process.Nodes;
import io.quintet.scripts.cluster.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A temporary directory with the node processes that work in it. Closing ends the processes and
/// removes every file, also from another thread when the benchmark is interrupted. Thread-safe.
final class Workplace implements AutoCloseable {
  private static final int ATTEMPTS_MAX = 3;

  private final Path directory;
  private final List<Nodes> running = new ArrayList<>();
  private boolean closed;

  private Workplace(Path directory) {
    this.directory = directory;
  }

  static Workplace in(Path parent) throws IOException {
    return new Workplace(Files.createTempDirectory(parent.toAbsolutePath(), "quintet-bench"));
  }

  Path directory() {
    return directory;
  }

  /// A new directory within.
  Path room(String name) throws IOException {
    return Files.createTempDirectory(directory, name);
  }

  /// Starts nodes that end with this, if nobody closes them before.
  Nodes start(Launcher launcher, Path room, int count) throws IOException, InterruptedException {
    return kept(Nodes.start(launcher, room, count));
  }

  /// Starts nodes that join others.
  Nodes join(Launcher launcher, Path room, int count, Nodes others)
      throws IOException, InterruptedException {
    return kept(Nodes.join(launcher, room, count, others));
  }

  /// The same, but returns the moment when the last node is ready.
  Nodes startUntilReady(Launcher launcher, Path room, int count)
      throws IOException, InterruptedException {
    return kept(Nodes.startUntilReady(launcher, room, count));
  }

  /// The same for nodes that join others.
  Nodes joinUntilReady(Launcher launcher, Path room, int count, Nodes others)
      throws IOException, InterruptedException {
    return kept(Nodes.joinUntilReady(launcher, room, count, others));
  }

  private Nodes kept(Nodes nodes) throws InterruptedException {
    synchronized (this) {
      running.add(nodes);
      if (closed) {
        nodes.close();
        throw new InterruptedException("the benchmark ends");
      }
    }
    return nodes;
  }

  /// Refuses when the disk cannot take so much.
  void requireRoom(long bytes) throws IOException {
    long usable = Files.getFileStore(directory).getUsableSpace();
    if (usable < bytes) {
      throw new IOException(
          "%s has %d MiB free (expected: %d; name another place with --dir, or a smaller --size)"
              .formatted(directory.getParent(), usable >> 20, bytes >> 20));
    }
  }

  /// Removes a directory within.
  void clear(Path room) throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS_MAX && Files.exists(room); attempt++) {
      try {
        for (Path path : children(room)) {
          Files.deleteIfExists(path);
        }
        return;
      } catch (IOException e) {
        // A process that is ending wrote once more.
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }

  private static List<Path> children(Path room) throws IOException {
    try (Stream<Path> all = Files.walk(room)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw new IOException("the directory changed", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    running.forEach(Nodes::close);
    running.clear();
    clear(directory);
  }
}
