package io.quintet.node.store;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chunks as files under one directory, each under its own SHA-256, so that `sha256sum` on a file
/// prints its name.
///
/// Every file is hashed by this process before its first byte is handed out: when it is written, at
/// start-up if it was young at an unclean stop, or else when it is opened first. What rots on the
/// disk after that is caught by the reader's own hash check.
///
/// Commits and removals of one id are serialised by a lock stripe; all else is concurrent.
public final class DiskChunkStore implements ChunkStore {
  private static final Logger LOG = LoggerFactory.getLogger(DiskChunkStore.class);
  private static final int STRIPES = 64;

  private final Layout layout;
  private final Volume volume;
  private final StoreLimits limits;
  private final ChunkIndex index;
  private final Room room;
  private final Object[] stripes = new Object[STRIPES];
  private volatile boolean volumeBad;
  private volatile boolean closed;

  private DiskChunkStore(Layout layout, Volume volume, StoreLimits limits, ChunkIndex index) {
    this.layout = layout;
    this.volume = volume;
    this.limits = limits;
    this.index = index;
    this.room = new Room(limits, volume, index);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Object();
    }
  }

  /// Opens the store in `directory` (which exists) and recovers it.
  ///
  /// @param cleanStop whether the last process that wrote here stopped cleanly; otherwise the young
  ///   files are hashed again
  /// @throws IOException when the directory cannot be read or written
  public static DiskChunkStore open(Path directory, StoreLimits limits, boolean cleanStop)
      throws IOException {
    return open(directory, limits, cleanStop, new DiskVolume(directory));
  }

  static DiskChunkStore open(Path directory, StoreLimits limits, boolean cleanStop, Volume volume)
      throws IOException {
    Layout layout = new Layout(directory);
    layout.create();
    volume.forceDirectory(layout.chunks());
    volume.forceDirectory(directory);
    ChunkIndex index = new ChunkIndex();
    new Recovery(layout, index).run(cleanStop).log();
    return new DiskChunkStore(layout, volume, limits, index);
  }

  Volume volume() {
    return volume;
  }

  @Override
  public ChunkWriter begin(Key id, int sizeBytes) throws StoreException {
    if (sizeBytes < 0 || sizeBytes > CHUNK_BYTES_MAX) {
      throw new StoreException(
          StoreException.Kind.SIZE_DIFFERS,
          "size: " + sizeBytes + " (expected: 0.." + CHUNK_BYTES_MAX + ")");
    }
    requireUsable();
    room.take(sizeBytes);
    Path temporary = layout.temporaryOf(id);
    try {
      return new DiskChunkWriter(this, id, sizeBytes, temporary, volume.create(temporary));
    } catch (IOException e) {
      room.release(sizeBytes);
      throw writeFailed(e);
    }
  }

  void writerClosed(DiskChunkWriter writer) {
    room.release(writer.sizeBytes());
  }

  /// The second half of the write protocol; the bytes were hashed and compared.
  ChunkWriter.Outcome commit(DiskChunkWriter writer, FileChannel file) throws StoreException {
    requireUsable();
    sync(() -> volume.force(file), "the file of chunk " + writer.id());
    synchronized (stripe(writer.id())) {
      if (index.has(writer.id())) {
        return ChunkWriter.Outcome.PRESENT;
      }
      requireUsable();
      try {
        volume.move(writer.temporary(), layout.fileOf(writer.id()));
      } catch (IOException e) {
        throw writeFailed(e);
      }
      sync(
          () -> volume.forceDirectory(layout.directoryOf(writer.id())),
          "the directory of chunk " + writer.id());
      index.add(writer.id(), writer.sizeBytes(), true);
      return ChunkWriter.Outcome.STORED;
    }
  }

  @Override
  public boolean has(Key id) {
    return index.has(id);
  }

  @Override
  public boolean confirm(Key id) throws StoreException {
    OptionalInt size = index.size(id);
    if (size.isEmpty()) {
      return false;
    }
    try {
      BasicFileAttributes file = attributes(layout.fileOf(id));
      if (file.isRegularFile() && file.size() == size.getAsInt()) {
        return true;
      }
    } catch (NoSuchFileException e) {
      LOG.warn("chunk {} vanished from the disk", id);
    } catch (IOException e) {
      throw readFailed(id, e);
    }
    putAside(id);
    return false;
  }

  @Override
  public Optional<ChunkContent> open(Key id) throws StoreException {
    if (!confirm(id)) {
      return Optional.empty();
    }
    int size = index.size(id).orElse(-1);
    FileChannel file = null;
    try {
      file =
          FileChannel.open(layout.fileOf(id), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      if (file.size() == size && isRight(id, file, size)) {
        ChunkContent content = new ChunkContent.OnDisk(file, size);
        file = null;
        return Optional.of(content);
      }
    } catch (IOException e) {
      throw readFailed(id, e);
    } finally {
      closeQuietly(file);
    }
    putAside(id);
    return Optional.empty();
  }

  private boolean isRight(Key id, FileChannel file, int size) throws IOException {
    if (index.isVerified(id)) {
      return true;
    }
    boolean right = Sha256.of(file, size).equals(id);
    if (right) {
      index.markVerified(id);
    }
    return right;
  }

  /// Forgets a copy that is not what the index says, and keeps its file for a person to look at.
  private void putAside(Key id) throws StoreException {
    synchronized (stripe(id)) {
      Path file = layout.fileOf(id);
      try {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.move(file, layout.quarantineOf(id));
          LOG.warn("chunk {} was damaged on the disk and lies in {} now", id, layout.quarantine());
        }
      } catch (IOException e) {
        throw new StoreException(
            StoreException.Kind.FAILED, "cannot put the damaged chunk " + id + " aside", e);
      } finally {
        index.remove(id);
      }
    }
  }

  @Override
  public List<ChunkEntry> list(@Nullable Key after, int limit) {
    return index.list(after, limit);
  }

  @Override
  public boolean delete(Key id) throws StoreException {
    requireUsable();
    synchronized (stripe(id)) {
      if (!index.remove(id)) {
        return false;
      }
      try {
        Files.deleteIfExists(layout.fileOf(id));
      } catch (IOException e) {
        throw writeFailed(e);
      }
      sync(() -> volume.forceDirectory(layout.directoryOf(id)), "the directory of chunk " + id);
      return true;
    }
  }

  @Override
  public StoreUsage usage() {
    long free = 0;
    try {
      free = volumeBad ? 0 : room.freeBytes();
    } catch (StoreException e) {
      LOG.warn("free space is unknown", e);
    }
    return new StoreUsage(index.count(), index.bytes(), limits.capacityBytes(), free, volumeBad);
  }

  @Override
  public void close() {
    closed = true;
  }

  /// Turns a failed write into what the caller can act on: a full disk is no room.
  StoreException writeFailed(IOException e) {
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("No space left") || reason.contains("Disk quota exceeded")) {
      return new StoreException(StoreException.Kind.NO_ROOM, "the volume is full", e);
    }
    return new StoreException(StoreException.Kind.FAILED, "cannot write to the volume", e);
  }

  private static StoreException readFailed(Key id, IOException e) {
    return new StoreException(StoreException.Kind.FAILED, "cannot read chunk " + id, e);
  }

  private void requireUsable() throws StoreException {
    if (closed) {
      throw new StoreException(StoreException.Kind.FAILED, "the store is closed");
    }
    if (volumeBad) {
      throw new StoreException(
          StoreException.Kind.VOLUME_BAD,
          "the volume failed to sync and takes no more chunks (expected: a sound disk and a"
              + " restart)");
    }
  }

  /// Runs one sync. After a failure the kernel may have dropped the dirty pages and a second sync
  /// would lie, so the volume stays bad until a person restarts the node.
  private void sync(Sync action, String what) throws StoreException {
    try {
      action.run();
    } catch (IOException e) {
      volumeBad = true;
      LOG.error("sync of {} failed: the volume is bad and takes no more chunks", what, e);
      throw new StoreException(StoreException.Kind.VOLUME_BAD, "cannot sync " + what, e);
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private Object stripe(Key id) {
    return stripes[Math.floorMod(id.hashCode(), STRIPES)];
  }

  private static void closeQuietly(@Nullable FileChannel file) {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.debug("closing a file that was only read failed", e);
    }
  }

  /// One sync of the write protocol.
  private interface Sync {
    void run() throws IOException;
  }
}
