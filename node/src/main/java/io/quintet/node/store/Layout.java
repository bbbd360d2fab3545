package io.quintet.node.store;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Names in a store's directory: `chunks/ab/ab12...` for chunks, `chunks/ab/.ab12....7.tmp` for
/// temporaries, `quarantine/` for what turned out to be wrong, `tombstones` for what was deleted.
final class Layout {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f]{64}\\.[0-9]{1,19}\\.tmp");

  private final Path chunks;
  private final List<Path> prefixes;
  private final Path quarantine;
  private final Path tombstones;
  private final AtomicLong sequence = new AtomicLong();

  Layout(Path directory) {
    this.chunks = directory.resolve("chunks");
    this.prefixes =
        IntStream.range(0, 256)
            .mapToObj(each -> chunks.resolve(HexFormat.of().toHexDigits((byte) each)))
            .toList();
    this.quarantine = directory.resolve("quarantine");
    this.tombstones = directory.resolve("tombstones");
  }

  /// Creates what is missing; the caller makes the names durable.
  ///
  /// @throws IOException when something that is no real directory is in the way
  void create() throws IOException {
    directory(chunks);
    directory(quarantine);
    for (Path prefix : prefixes()) {
      directory(prefix);
    }
  }

  private static void directory(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.createDirectory(path, PRIVATE);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(path + " is not a directory (expected: a real directory)", e);
    }
  }

  Path chunks() {
    return chunks;
  }

  /// The file of what was deleted.
  Path tombstones() {
    return tombstones;
  }

  Path quarantine() {
    return quarantine;
  }

  /// The 256 directories that hold chunks.
  List<Path> prefixes() {
    return prefixes;
  }

  Path directoryOf(Key id) {
    return chunks.resolve(id.toString().substring(0, 2));
  }

  Path fileOf(Key id) {
    return directoryOf(id).resolve(id.toString());
  }

  Path temporaryOf(Key id) {
    return directoryOf(id).resolve("." + id + "." + sequence.incrementAndGet() + ".tmp");
  }

  /// Where a wrong copy of `id` goes; a new name each time.
  Path quarantineOf(Key id) {
    return quarantine.resolve(id + "." + System.nanoTime() + "." + sequence.incrementAndGet());
  }

  /// Whether this store gives such names to temporaries.
  static boolean isTemporary(String fileName) {
    return TEMPORARY.matcher(fileName).matches();
  }
}
