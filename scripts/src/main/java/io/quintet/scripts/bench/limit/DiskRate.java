package io.quintet.scripts.bench.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// How many 1 MiB files per second the disk makes durable, by the steps of a node's write protocol
/// and without anything else: write, sync the file, rename, sync the directory.
final class DiskRate {
  private static final int FILE_BYTES = 1 << 20;
  private static final Duration WARM_UP = Duration.ofMillis(500);
  private static final Duration MEASURE = Duration.ofSeconds(4);
  // Each thread writes round and round, so that the disk does not fill.
  private static final int NAMES = 256;

  private DiskRate() {}

  /// Files per second of all threads together, each in a directory of its own as chunks are.
  static double measure(Path parent, int threads) throws IOException, InterruptedException {
    Path root = Files.createTempDirectory(parent, "disk");
    List<Path> directories = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      directories.add(Files.createDirectory(root.resolve("d" + i)));
    }
    try {
      return Together.perSecond(
          threads, i -> new Writer(directories.get(i))::write, WARM_UP, MEASURE);
    } finally {
      remove(root, directories);
    }
  }

  private static void remove(Path root, List<Path> directories) throws IOException {
    for (Path directory : directories) {
      for (int name = 0; name < NAMES; name++) {
        Files.deleteIfExists(directory.resolve("f" + name));
      }
      Files.deleteIfExists(directory.resolve("new"));
      Files.delete(directory);
    }
    Files.delete(root);
  }

  private static final class Writer {
    private final Path directory;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(FILE_BYTES);
    private int name;

    Writer(Path directory) {
      this.directory = directory;
      byte[] random = new byte[FILE_BYTES];
      new Random(directory.hashCode()).nextBytes(random);
      bytes.put(random);
    }

    void write() throws IOException {
      Path target = directory.resolve("f" + name);
      name = (name + 1) % NAMES;
      // A node never replaces a chunk.
      Files.deleteIfExists(target);
      Path temporary = directory.resolve("new");
      try (FileChannel file =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        bytes.rewind();
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(false);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }
}
