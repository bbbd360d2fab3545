package io.quintet.node.tombstone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A file of slots: a header of one slot's length, then slots. Grown ahead of need, so that a chunk
/// can be deleted from a full disk.
///
/// Writes are serialised by the table's lock. A sync serves everybody who wrote before it. After a
/// failed sync every later one fails, since the system may have dropped what was written.
final class SlotFile implements AutoCloseable {
  private static final byte[] MAGIC = "QNTTOMB1".getBytes(StandardCharsets.US_ASCII);

  private final FileChannel file;
  private final Durability syncs;
  private final long salt;
  private final Object syncLock = new Object();
  private final AtomicLong written = new AtomicLong();
  private long synced;
  private boolean failed;
  private int slots;

  private SlotFile(FileChannel file, Durability syncs, long salt, int slots) {
    this.file = file;
    this.syncs = syncs;
    this.salt = salt;
    this.slots = slots;
  }

  /// Opens `path` or makes it.
  ///
  /// @throws IOException also when something else is there: it is not touched then
  static SlotFile open(Path path, Durability syncs) throws IOException {
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean opened = false;
    try {
      ByteBuffer header = ByteBuffer.allocate(Slot.BYTES);
      read(file, header, 0);
      // A crash while the file was made leaves less than a header, and nothing that anybody was
      // told.
      boolean fresh = file.size() < Slot.BYTES;
      if (fresh) {
        header.clear();
        header.put(MAGIC).putLong(new SecureRandom().nextLong()).clear();
        write(file, header.duplicate(), 0);
        syncs.force(file);
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
          syncs.forceDirectory(directory);
        }
      } else if (!header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
        throw new IOException(
            path
                + " is no file of tombstones; restore it, or move it away: then this node forgets"
                + " what was deleted");
      }
      int slots = Math.toIntExact(file.size() / Slot.BYTES - 1);
      SlotFile result = new SlotFile(file, syncs, header.getLong(MAGIC.length), slots);
      opened = true;
      return result;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  /// A number that only this file's owner knows.
  long salt() {
    return salt;
  }

  int slots() {
    return slots;
  }

  /// The bytes of `count` slots from `first` on.
  byte[] read(int first, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Slot.BYTES);
    read(file, bytes, position(first));
    return bytes.array();
  }

  void write(int slot, ByteBuffer bytes) throws IOException {
    write(file, bytes, position(slot));
    written.incrementAndGet();
  }

  /// Adds free slots at the end, durably.
  void grow(int count) throws IOException {
    write(file, ByteBuffer.allocate(count * Slot.BYTES), position(slots));
    syncs.force(file);
    slots += count;
  }

  /// Makes everything durable that was written before the call.
  void sync() throws IOException {
    long mine = written.get();
    synchronized (syncLock) {
      if (failed) {
        throw new IOException("an earlier sync of the tombstones failed");
      }
      if (synced >= mine) {
        return;
      }
      long upTo = written.get();
      failed = true;
      syncs.force(file);
      failed = false;
      synced = upTo;
    }
  }

  /// Whether a sync failed.
  boolean isBroken() {
    synchronized (syncLock) {
      return failed;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static long position(int slot) {
    return (slot + 1L) * Slot.BYTES;
  }

  private static void read(FileChannel file, ByteBuffer into, long position) throws IOException {
    while (into.hasRemaining()) {
      int read = file.read(into, position + into.position());
      if (read < 0) {
        return;
      }
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }
}
