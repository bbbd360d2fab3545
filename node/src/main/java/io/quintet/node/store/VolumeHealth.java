package io.quintet.node.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the disk under a store can be relied on. Once it is bad it stays bad until a person
/// restarts the node. Safe for many threads.
final class VolumeHealth {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeHealth.class);

  private final Path directory;
  private final @Nullable Object identity;
  private volatile boolean bad;

  /// @param directory of the chunks, as it is when the store opens
  VolumeHealth(Path directory) throws IOException {
    this.directory = directory;
    this.identity = FileLook.at(directory).key();
  }

  /// One sync of the write protocol.
  interface Sync {
    void run() throws IOException;
  }

  boolean isBad() {
    return bad;
  }

  /// Runs one sync. After a failure the kernel may have dropped the dirty pages and a second sync
  /// would lie.
  void sync(Sync action, String what) throws StoreException {
    try {
      action.run();
    } catch (IOException e) {
      bad = true;
      LOG.error("sync of {} failed: the volume is bad and takes no more chunks", what, e);
      throw new StoreException(StoreException.Kind.VOLUME_BAD, "cannot sync " + what, e);
    }
  }

  /// Turns a failed write into what the caller can act on: a full disk is no room.
  StoreException writeFailed(IOException e) {
    if (e instanceof NoSuchFileException && !isThere()) {
      return gone(e);
    }
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("No space left") || reason.contains("Disk quota exceeded")) {
      return new StoreException(StoreException.Kind.NO_ROOM, "the volume is full", e);
    }
    return new StoreException(StoreException.Kind.FAILED, "cannot write to the volume", e);
  }

  /// Tells a file that vanished from a directory that did, as when a disk is unmounted under the
  /// node: then nothing is forgotten, as the chunks may be as good as ever.
  void requireThere(NoSuchFileException e) throws StoreException {
    if (!isThere()) {
      throw gone(e);
    }
  }

  private boolean isThere() {
    try {
      return Objects.equals(FileLook.at(directory).key(), identity);
    } catch (IOException e) {
      return false;
    }
  }

  private StoreException gone(IOException e) {
    if (!bad) {
      bad = true;
      LOG.error("the directory {} is not the one that was opened: unmounted?", directory, e);
    }
    return new StoreException(
        StoreException.Kind.VOLUME_BAD,
        "the directory of the store is gone (expected: the disk mounted again, and a restart)",
        e);
  }
}
