package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.tombstone.TombstoneTable;
import io.quintet.node.tombstone.Tombstones;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chunks as files under one directory, each under its own SHA-256, so that `sha256sum` on a file
/// prints its name.
///
/// Every file is hashed before its first byte is handed out, unless that was done within
/// [RecentChecks#VALID] and nobody wrote to it since. A file that is wrong, cannot be read or is no
/// file any more is put aside, forgotten and reported to [#whenLost].
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
  private final Quarantine quarantine;
  private final RecentChecks checks = new RecentChecks(System::nanoTime);
  private final VolumeHealth health;
  private final Deleted deleted;
  private final Object[] stripes = new Object[STRIPES];
  private volatile Consumer<Key> lost = id -> {};
  private volatile boolean closed;

  private DiskChunkStore(
      Layout layout, Volume volume, StoreLimits limits, ChunkIndex index, TombstoneTable tombstones)
      throws IOException {
    this.deleted = new Deleted(tombstones);
    this.layout = layout;
    this.volume = volume;
    this.limits = limits;
    this.index = index;
    this.quarantine = new Quarantine(layout);
    this.room = new Room(limits, volume, index);
    this.health = new VolumeHealth(layout.chunks());
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
    new Recovery(layout, index, volume).run(cleanStop).log();
    TombstoneTable tombstones = Deleted.open(layout, volume);
    try {
      new UnfinishedDeletions(layout, index, volume).finish(tombstones);
      return new DiskChunkStore(layout, volume, limits, index, tombstones);
    } catch (IOException e) {
      tombstones.close();
      throw e;
    }
  }

  VolumeHealth health() {
    return health;
  }

  @Override
  public ChunkWriter begin(Key id, int sizeBytes, boolean uncached) throws StoreException {
    if (sizeBytes < 0 || sizeBytes > CHUNK_BYTES_MAX) {
      throw new StoreException(
          StoreException.Kind.SIZE_DIFFERS,
          "size: " + sizeBytes + " (expected: 0.." + CHUNK_BYTES_MAX + ")");
    }
    requireUsable();
    deleted.refuse(id);
    room.take(sizeBytes);
    Path temporary = layout.temporaryOf(id);
    DiskChunkWriter writer;
    try {
      Failpoint.PUT_ROOM_TAKEN.hit();
      ChunkFile file = new ChunkFile(volume, temporary, uncached);
      writer = new DiskChunkWriter(this, id, sizeBytes, temporary, file);
    } catch (IOException e) {
      room.release(sizeBytes);
      throw health.writeFailed(e);
    }
    try {
      Failpoint.PUT_FILE_CREATED.hit();
      return writer;
    } catch (IOException e) {
      writer.close();
      throw health.writeFailed(e);
    }
  }

  void writerClosed(DiskChunkWriter writer) {
    room.release(writer.sizeBytes());
  }

  /// The second half of the write protocol; the bytes were hashed and compared.
  ChunkWriter.Outcome commit(DiskChunkWriter writer, ChunkFile file) throws StoreException {
    requireUsable();
    health.sync(
        () -> {
          Failpoint.PUT_HASH_COMPARED.hit();
          file.force();
        },
        "the file of chunk " + writer.id());
    synchronized (stripe(writer.id())) {
      if (index.has(writer.id())) {
        return ChunkWriter.Outcome.PRESENT;
      }
      requireUsable();
      deleted.refuse(writer.id(), writer.first());
      Path place = layout.fileOf(writer.id());
      try {
        Failpoint.PUT_FILE_SYNCED.hit();
        clear(writer.id(), place);
        volume.move(writer.temporary(), place);
      } catch (IOException e) {
        throw health.writeFailed(e);
      }
      health.sync(
          () -> {
            Failpoint.PUT_FILE_RENAMED.hit();
            volume.forceDirectory(layout.directoryOf(writer.id()));
          },
          "the directory of chunk " + writer.id());
      try {
        Failpoint.PUT_DIRECTORY_SYNCED.hit();
        if (file.isCached()) {
          checks.passed(writer.id(), FileLook.at(place));
        }
        index.add(writer.id(), writer.sizeBytes());
        index.remember(writer.id(), BlobHeader.replicas(writer.first()));
        Failpoint.PUT_INDEXED.hit();
      } catch (IOException e) {
        throw health.writeFailed(e);
      }
      return ChunkWriter.Outcome.STORED;
    }
  }

  /// What somebody else put at the chunk's place, such as a link, is kept and not replaced.
  private void clear(Key id, Path place) throws IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
      quarantine.take(id, place);
    }
  }

  @Override
  public boolean has(Key id) {
    return index.has(id);
  }

  @Override
  public boolean confirm(Key id) throws StoreException {
    Optional<ChunkContent> content = open(id);
    if (content.isEmpty()) {
      return false;
    }
    DiskReads.closeQuietly(content.get());
    return true;
  }

  @Override
  public Optional<ChunkContent> open(Key id) throws StoreException {
    OptionalInt size = index.size(id);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    FileChannel file = null;
    try {
      FileLook look = FileLook.at(layout.fileOf(id));
      if (look.isRegular() && look.sizeBytes() == size.getAsInt()) {
        file =
            FileChannel.open(layout.fileOf(id), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        if (isRight(id, look, file, size.getAsInt())) {
          ChunkContent content = new ChunkContent.OnDisk(file, size.getAsInt());
          file = null;
          return Optional.of(content);
        }
      }
    } catch (NoSuchFileException e) {
      health.requireThere(e);
    } catch (IOException e) {
      if (!DiskReads.isMediaError(e)) {
        throw readFailed(id, e);
      }
    } finally {
      DiskReads.closeQuietly(file);
    }
    putAside(id);
    return Optional.empty();
  }

  private boolean isRight(Key id, FileLook look, FileChannel file, int size) throws IOException {
    if (checks.covers(id, look)) {
      return true;
    }
    boolean right = file.size() == size && Sha256.of(file, size).equals(id);
    if (right) {
      checks.passed(id, look);
    }
    return right;
  }

  @Override
  public Verdict verify(Key id) throws StoreException {
    OptionalInt size = index.size(id);
    if (size.isEmpty()) {
      return Verdict.ABSENT;
    }
    try {
      FileLook look = FileLook.at(layout.fileOf(id));
      if (look.isRegular()
          && look.sizeBytes() == size.getAsInt()
          && DiskReads.hash(layout.fileOf(id)).filter(id::equals).isPresent()) {
        checks.passed(id, look);
        return Verdict.RIGHT;
      }
    } catch (NoSuchFileException e) {
      health.requireThere(e);
    } catch (IOException e) {
      throw readFailed(id, e);
    }
    return putAside(id) ? Verdict.WRONG : Verdict.ABSENT;
  }

  @Override
  public Optional<ChunkContent> openUnverified(Key id) throws StoreException {
    if (!index.has(id)) {
      return Optional.empty();
    }
    FileChannel file = null;
    try {
      file =
          FileChannel.open(layout.fileOf(id), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      int size = (int) Math.min(file.size(), CHUNK_BYTES_MAX);
      ChunkContent content = new ChunkContent.OnDisk(file, size);
      file = null;
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      health.requireThere(e);
      return Optional.empty();
    } catch (IOException e) {
      throw readFailed(id, e);
    } finally {
      DiskReads.closeQuietly(file);
    }
  }

  @Override
  public OptionalInt replicas(Key id) throws StoreException {
    int known = index.replicas(id);
    if (known > 0 || !index.has(id)) {
      return known > 0 ? OptionalInt.of(known) : OptionalInt.empty();
    }
    byte[] first = first(id);
    int replicas = BlobHeader.replicas(first);
    // Nothing could be read of a chunk that has bytes: what it wants is not known.
    if (first.length > 0) {
      index.remember(id, replicas);
    }
    return OptionalInt.of(replicas);
  }

  @Override
  public List<Key> missing(int limit) {
    return quarantine.ids(limit).stream().filter(id -> !index.has(id)).toList();
  }

  @Override
  public void whenLost(Consumer<Key> listener) {
    lost = listener;
  }

  /// Forgets a copy that is not what the index says, and keeps its file for a person to look at.
  ///
  /// @return whether the index knew it until now
  private boolean putAside(Key id) throws StoreException {
    boolean known = false;
    synchronized (stripe(id)) {
      if (!index.has(id)) {
        return false;
      }
      Path file = layout.fileOf(id);
      try {
        Failpoint.QUARANTINE_FOUND.hit();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          quarantine.take(id, file);
          LOG.warn("chunk {} was damaged on the disk and lies in {} now", id, layout.quarantine());
        } else {
          LOG.warn("chunk {} vanished from the disk", id);
        }
        Failpoint.QUARANTINE_MOVED.hit();
      } catch (IOException e) {
        throw new StoreException(
            StoreException.Kind.FAILED, "cannot put the damaged chunk " + id + " aside", e);
      } finally {
        checks.forget(id);
        known = index.remove(id);
      }
    }
    if (known) {
      lost.accept(id);
    }
    return known;
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
      remove(id);
      return true;
    }
  }

  /// Removes the file of a chunk that the index does not know any more.
  private void remove(Key id) throws StoreException {
    checks.forget(id);
    try {
      Files.deleteIfExists(layout.fileOf(id));
      Failpoint.DELETE_FILE_REMOVED.hit();
    } catch (IOException e) {
      throw health.writeFailed(e);
    }
    health.sync(
        () -> {
          volume.forceDirectory(layout.directoryOf(id));
          Failpoint.DELETE_DIRECTORY_SYNCED.hit();
        },
        "the directory of chunk " + id);
  }

  @Override
  public Deletion bury(Tombstone tombstone) throws StoreException {
    requireUsable();
    Key id = tombstone.id();
    synchronized (stripe(id)) {
      if (!index.has(id)) {
        return buriedBefore(tombstone);
      }
      Optional<BlobHeader> header = BlobHeader.of(first(id));
      if (header.filter(known -> known.allows(tombstone.secret())).isPresent()) {
        deleted.hold(tombstone);
        index.remove(id);
        remove(id);
        return Deletion.DELETED;
      }
      // Before an owner is told that the secret is wrong: it may be the copy that is.
      if (!confirm(id)) {
        return buriedBefore(tombstone);
      }
      return header.isEmpty() ? Deletion.NO_CAPABILITY : Deletion.WRONG_SECRET;
    }
  }

  /// What the file of a chunk begins with; nothing when it cannot be read.
  private byte[] first(Key id) throws StoreException {
    try {
      return DiskReads.first(layout.fileOf(id), BlobHeader.BYTES);
    } catch (NoSuchFileException e) {
      health.requireThere(e);
      return new byte[0];
    } catch (IOException e) {
      throw readFailed(id, e);
    }
  }

  private Deletion buriedBefore(Tombstone tombstone) throws StoreException {
    Optional<Tombstone> held = deleted.held(tombstone.id());
    if (held.isEmpty()) {
      return Deletion.UNKNOWN;
    }
    if (!held.get().equals(tombstone)) {
      return Deletion.WRONG_SECRET;
    }
    deleted.hold(tombstone);
    remove(tombstone.id());
    return Deletion.DELETED_BEFORE;
  }

  @Override
  public Tombstones tombstones() {
    return deleted.tombstones();
  }

  @Override
  public StoreUsage usage() {
    long free = 0;
    try {
      free = isBad() ? 0 : room.freeBytes();
    } catch (StoreException e) {
      LOG.warn("free space is unknown", e);
    }
    return new StoreUsage(index.count(), index.bytes(), limits.capacityBytes(), free, isBad());
  }

  @Override
  public void close() {
    closed = true;
    deleted.close();
  }

  private static StoreException readFailed(Key id, IOException e) {
    return new StoreException(StoreException.Kind.FAILED, "cannot read chunk " + id, e);
  }

  private boolean isBad() {
    return health.isBad() || deleted.isBroken();
  }

  private void requireUsable() throws StoreException {
    if (closed) {
      throw new StoreException(StoreException.Kind.FAILED, "the store is closed");
    }
    if (isBad()) {
      throw new StoreException(
          StoreException.Kind.VOLUME_BAD,
          "the volume failed to sync and takes no more chunks (expected: a sound disk and a"
              + " restart)");
    }
  }

  private Object stripe(Key id) {
    return stripes[Math.floorMod(id.hashCode(), STRIPES)];
  }
}
