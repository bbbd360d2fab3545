package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.node.fault.Failpoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Removes what a store wrote, when its node has left for good: chunks under their own hash,
/// temporaries, what it quarantined, its tombstones, and the folders it made, if nothing else is in
/// them. Links, pipes, and files that are no chunks stay, wherever they lie.
public final class StoreFiles {
  private final Layout layout;
  private int removed;
  private int kept;

  /// @param directory the data directory; no store is open in it
  public StoreFiles(Path directory) {
    this.layout = new Layout(directory);
  }

  /// Removes them; can be interrupted anywhere and called again.
  public void remove() throws IOException {
    for (Path prefix : layout.prefixes()) {
      for (Path entry : entries(prefix)) {
        sift(entry, isOwnChunk(prefix, entry) || isTemporary(entry));
      }
      removeFolder(prefix);
    }
    removeFolder(layout.chunks());
    for (Path entry : entries(layout.quarantine())) {
      sift(entry, isRegular(entry) && Quarantine.isName(String.valueOf(entry.getFileName())));
    }
    removeFolder(layout.quarantine());
    if (isRegular(layout.tombstones())) {
      sift(layout.tombstones(), true);
    }
  }

  /// How many files were removed.
  public int removed() {
    return removed;
  }

  /// How many entries were not this store's, and stay.
  public int kept() {
    return kept;
  }

  private void sift(Path entry, boolean own) throws IOException {
    if (own) {
      Failpoint.UNJOIN_FILE_REMOVING.hit();
      Files.delete(entry);
      removed++;
    } else {
      kept++;
    }
  }

  /// A name is easily copied; the content has to be that of the name as well.
  private static boolean isOwnChunk(Path prefix, Path entry) throws IOException {
    String name = String.valueOf(entry.getFileName());
    if (!isRegular(entry)
        || !Key.isHex(name)
        || !name.startsWith(String.valueOf(prefix.getFileName()))
        || Files.size(entry) > ChunkStore.CHUNK_BYTES_MAX) {
      return false;
    }
    try (FileChannel file =
        FileChannel.open(entry, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return Sha256.of(file, (int) file.size()).equals(Key.fromHex(name));
    }
  }

  private static boolean isTemporary(Path entry) throws IOException {
    return isRegular(entry) && Layout.isTemporary(String.valueOf(entry.getFileName()));
  }

  private static boolean isRegular(Path entry) throws IOException {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(all::add);
      }
    }
    return all;
  }

  private static void removeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      // What is in it is somebody else's.
    }
  }
}
