package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.node.fault.Failpoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a store does before it opens: removes its own temporaries, rebuilds the index from names
/// and sizes, hashes again what was young at an unclean stop, and puts aside what is wrong.
///
/// Foreign files, links, pipes and directories are counted and left alone: never followed, opened
/// or deleted.
final class Recovery {
  /// How young a file must be, measured back from the youngest one, to be hashed again. Linux
  /// writes dirty pages back after 30 seconds, so older files reached the disk by themselves even
  /// if it lied about a sync.
  static final Duration YOUNG = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Layout layout;
  private final ChunkIndex index;
  private final Volume volume;
  private int temporaries;
  private int foreign;
  private int wrong;
  private int rehashed;

  Recovery(Layout layout, ChunkIndex index, Volume volume) {
    this.layout = layout;
    this.index = index;
    this.volume = volume;
  }

  /// What was found.
  ///
  /// @param chunks how many are in the index
  /// @param temporaries how many leftovers of unfinished uploads were removed
  /// @param rehashed how many young files were hashed again
  /// @param wrong how many files were put aside
  /// @param foreign how many entries are not this store's
  record Report(int chunks, int temporaries, int rehashed, int wrong, int foreign) {
    void log() {
      LOG.info(
          "recovered {} chunks, removed {} temporaries, hashed {} young files again",
          chunks,
          temporaries,
          rehashed);
      if (wrong > 0) {
        LOG.warn("{} damaged chunks were put aside", wrong);
      }
      if (foreign > 0) {
        LOG.warn("{} entries in the chunk directories are not chunks and are left alone", foreign);
      }
    }
  }

  private record Found(Key id, Path file, int sizeBytes, long modifiedMillis) {}

  Report run(boolean cleanStop) throws IOException {
    long youngest = cleanStop ? Long.MAX_VALUE : youngestMillis();
    for (Path prefix : layout.prefixes()) {
      for (Found chunk : scan(prefix, true)) {
        boolean young = !cleanStop && chunk.modifiedMillis >= youngest - YOUNG.toMillis();
        if (young && !isRight(chunk)) {
          putAside(chunk.id, chunk.file);
        } else {
          index.add(chunk.id, chunk.sizeBytes);
        }
      }
    }
    countForeignAtTop();
    Failpoint.RECOVERY_SCANNED.hit();
    if (!cleanStop) {
      syncYoungDirectories(youngest);
    }
    Failpoint.RECOVERY_SYNCED.hit();
    return new Report(index.count(), temporaries, rehashed, wrong, foreign);
  }

  /// A process that was killed between rename and sync left names that only memory knows; whoever
  /// puts such a chunk again is told that it is stored.
  private void syncYoungDirectories(long youngest) throws IOException {
    for (Path prefix : layout.prefixes()) {
      long modified = Files.getLastModifiedTime(prefix, LinkOption.NOFOLLOW_LINKS).toMillis();
      if (modified >= youngest - YOUNG.toMillis()) {
        volume.forceDirectory(prefix);
      }
    }
  }

  private long youngestMillis() throws IOException {
    long youngest = Long.MIN_VALUE + YOUNG.toMillis();
    for (Path prefix : layout.prefixes()) {
      for (Found chunk : scan(prefix, false)) {
        youngest = Math.max(youngest, chunk.modifiedMillis);
      }
    }
    return youngest;
  }

  /// The well-named regular files of one directory.
  ///
  /// @param tidy whether to remove temporaries, put impossible files aside and count on the way
  private List<Found> scan(Path prefix, boolean tidy) throws IOException {
    List<Found> chunks = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(prefix)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        BasicFileAttributes file =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean ours = Key.isHex(name) && name.startsWith(String.valueOf(prefix.getFileName()));
        if (file.isRegularFile() && ours && file.size() <= ChunkStore.CHUNK_BYTES_MAX) {
          long modified = file.lastModifiedTime().toMillis();
          chunks.add(new Found(Key.fromHex(name), entry, (int) file.size(), modified));
        } else if (tidy) {
          tidy(entry, name, file, ours);
        }
      }
    }
    return chunks;
  }

  private void tidy(Path entry, String name, BasicFileAttributes file, boolean ours)
      throws IOException {
    if (file.isRegularFile() && Layout.isTemporary(name)) {
      Failpoint.RECOVERY_TEMPORARY_FOUND.hit();
      Files.delete(entry);
      temporaries++;
    } else if (file.isRegularFile() && ours) {
      putAside(Key.fromHex(name), entry);
    } else {
      foreign++;
    }
  }

  private boolean isRight(Found chunk) throws IOException {
    rehashed++;
    try (FileChannel file =
        FileChannel.open(chunk.file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return Sha256.of(file, chunk.sizeBytes).equals(chunk.id);
    }
  }

  private void putAside(Key id, Path file) throws IOException {
    new Quarantine(layout).take(id, file);
    wrong++;
  }

  private void countForeignAtTop() throws IOException {
    Set<Path> prefixes = Set.copyOf(layout.prefixes());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(layout.chunks())) {
      for (Path entry : entries) {
        if (!prefixes.contains(entry)) {
          foreign++;
        }
      }
    }
  }
}
