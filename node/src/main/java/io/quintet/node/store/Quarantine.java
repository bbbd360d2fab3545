package io.quintet.node.store;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where damaged copies lie until a person looked at them. Bounded: the oldest damaged copies make
/// room for new ones. What is not a damaged chunk's file is never removed.
final class Quarantine {
  /// A gigabyte at most.
  private static final int FILES_MAX = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.[0-9]{1,19}\\.[0-9]{1,19}");

  private final Layout layout;

  Quarantine(Layout layout) {
    this.layout = layout;
  }

  /// Whether damaged copies get such names.
  static boolean isName(String fileName) {
    return NAME.matcher(fileName).matches();
  }

  /// Moves `file` here, which is no right copy of `id`.
  synchronized void take(Key id, Path file) throws IOException {
    Files.move(file, layout.quarantineOf(id));
    List<Damaged> all = damaged();
    if (all.size() > FILES_MAX) {
      all.sort(Comparator.comparing(Damaged::modified));
      for (Damaged oldest : all.subList(0, all.size() - FILES_MAX)) {
        Files.deleteIfExists(oldest.file);
      }
    }
  }

  /// Whose damaged copies lie here, each once.
  Set<Key> ids(int limit) {
    Set<Key> ids = new TreeSet<>();
    try {
      for (Damaged each : damaged()) {
        if (ids.size() < limit) {
          ids.add(Key.fromHex(String.valueOf(each.file.getFileName()).substring(0, 64)));
        }
      }
    } catch (IOException e) {
      LOG.warn("the quarantine cannot be read", e);
    }
    return ids;
  }

  private record Damaged(Path file, FileTime modified) {}

  private List<Damaged> damaged() throws IOException {
    List<Damaged> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(layout.quarantine())) {
      for (Path entry : entries) {
        BasicFileAttributes file =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (file.isRegularFile() && NAME.matcher(String.valueOf(entry.getFileName())).matches()) {
          found.add(new Damaged(entry, file.lastModifiedTime()));
        }
      }
    }
    return found;
  }
}
