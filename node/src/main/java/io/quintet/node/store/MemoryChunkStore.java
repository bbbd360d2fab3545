package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.tombstone.MemoryTombstones;
import io.quintet.node.tombstone.Tombstones;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A store that forgets everything with its process: the double for tests and simulations. Passes
/// the same contract suite as [DiskChunkStore].
public final class MemoryChunkStore implements ChunkStore {
  private final long capacityBytes;
  private final NavigableMap<Key, byte[]> chunks = new TreeMap<>();
  private final MemoryTombstones tombstones = new MemoryTombstones();
  private long bytes;
  private long inFlightBytes;

  /// Makes an empty store.
  public MemoryChunkStore(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  @Override
  public synchronized ChunkWriter begin(Key id, int sizeBytes, boolean uncached)
      throws StoreException {
    if (sizeBytes < 0 || sizeBytes > CHUNK_BYTES_MAX) {
      throw new StoreException(
          StoreException.Kind.SIZE_DIFFERS,
          "size: " + sizeBytes + " (expected: 0.." + CHUNK_BYTES_MAX + ")");
    }
    Optional<Tombstone> deleted = tombstones.held(id);
    if (deleted.isPresent()) {
      throw new StoreException(deleted.get());
    }
    if (sizeBytes > freeBytes()) {
      throw new StoreException(
          StoreException.Kind.NO_ROOM,
          "no room for " + sizeBytes + " bytes (free: " + freeBytes() + ")");
    }
    inFlightBytes += sizeBytes;
    return new Writer(id, sizeBytes);
  }

  private long freeBytes() {
    return Math.max(0, capacityBytes - bytes - inFlightBytes);
  }

  @Override
  public synchronized boolean has(Key id) {
    return chunks.containsKey(id);
  }

  @Override
  public boolean confirm(Key id) {
    return has(id);
  }

  @Override
  public synchronized Optional<ChunkContent> open(Key id) {
    return Optional.ofNullable(chunks.get(id)).map(ChunkContent.InMemory::new);
  }

  @Override
  public Verdict verify(Key id) {
    return has(id) ? Verdict.RIGHT : Verdict.ABSENT;
  }

  @Override
  public synchronized OptionalInt replicas(Key id) {
    byte[] blob = chunks.get(id);
    return blob == null ? OptionalInt.empty() : OptionalInt.of(BlobHeader.replicas(blob));
  }

  @Override
  public List<Key> missing(int limit) {
    return List.of();
  }

  @Override
  public void whenLost(Consumer<Key> listener) {
    // Memory does not rot.
  }

  @Override
  public Optional<ChunkContent> openUnverified(Key id) {
    return open(id);
  }

  @Override
  public synchronized List<ChunkEntry> list(@Nullable Key after, int limit) {
    NavigableMap<Key, byte[]> rest = after == null ? chunks : chunks.tailMap(after, false);
    List<ChunkEntry> page = new ArrayList<>();
    for (Map.Entry<Key, byte[]> entry : rest.entrySet()) {
      if (page.size() == limit) {
        break;
      }
      page.add(new ChunkEntry(entry.getKey(), entry.getValue().length));
    }
    return page;
  }

  @Override
  public synchronized Deletion bury(Tombstone tombstone) {
    byte[] blob = chunks.get(tombstone.id());
    if (blob == null) {
      return tombstones
          .held(tombstone.id())
          .map(held -> held.equals(tombstone) ? Deletion.DELETED_BEFORE : Deletion.WRONG_SECRET)
          .orElse(Deletion.UNKNOWN);
    }
    Optional<BlobHeader> header = BlobHeader.of(blob);
    if (header.isEmpty()) {
      return Deletion.NO_CAPABILITY;
    }
    if (!header.get().allows(tombstone.secret())) {
      return Deletion.WRONG_SECRET;
    }
    tombstones.hold(tombstone);
    delete(tombstone.id());
    return Deletion.DELETED;
  }

  @Override
  public Tombstones tombstones() {
    return tombstones;
  }

  private void refuseDeleted(Key id, byte[] blob) throws StoreException {
    for (Tombstone each : tombstones.of(id)) {
      if (tombstones.held(id).isPresent()
          || BlobHeader.of(blob).filter(header -> header.allows(each.secret())).isPresent()) {
        tombstones.hold(each);
        throw new StoreException(each);
      }
    }
  }

  @Override
  public synchronized boolean delete(Key id) {
    byte[] before = chunks.remove(id);
    if (before != null) {
      bytes -= before.length;
    }
    return before != null;
  }

  @Override
  public synchronized StoreUsage usage() {
    return new StoreUsage(chunks.size(), bytes, capacityBytes, freeBytes(), false);
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private synchronized ChunkWriter.Outcome commit(Key id, byte[] blob) throws StoreException {
    refuseDeleted(id, blob);
    if (chunks.putIfAbsent(id, blob) != null) {
      return ChunkWriter.Outcome.PRESENT;
    }
    bytes += blob.length;
    return ChunkWriter.Outcome.STORED;
  }

  private synchronized void release(int sizeBytes) {
    inFlightBytes -= sizeBytes;
  }

  private final class Writer implements ChunkWriter {
    private final Key id;
    private final ByteBuffer blob;
    private boolean closed;

    Writer(Key id, int sizeBytes) {
      this.id = id;
      this.blob = ByteBuffer.allocate(sizeBytes);
    }

    @Override
    public void write(List<ByteBuffer> batch) throws StoreException {
      requireOpen();
      for (ByteBuffer bytes : batch) {
        if (bytes.remaining() > blob.remaining()) {
          throw sizeDiffers(blob.position() + bytes.remaining());
        }
        blob.put(bytes);
      }
    }

    @Override
    public Outcome commit() throws StoreException {
      requireOpen();
      if (blob.hasRemaining()) {
        throw sizeDiffers(blob.position());
      }
      Key actual = Sha256.of(blob.array());
      if (!actual.equals(id)) {
        throw new StoreException(
            StoreException.Kind.HASH_DIFFERS, "SHA-256 is " + actual + " (expected: " + id + ")");
      }
      close();
      return MemoryChunkStore.this.commit(id, blob.array());
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release(blob.capacity());
      }
    }

    private void requireOpen() throws StoreException {
      if (closed) {
        throw new StoreException(StoreException.Kind.FAILED, "the upload of " + id + " is closed");
      }
    }

    private StoreException sizeDiffers(int came) {
      return new StoreException(
          StoreException.Kind.SIZE_DIFFERS,
          "chunk " + id + ": " + came + " bytes came (expected: " + blob.capacity() + ")");
    }
  }
}
