package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.node.fault.Failpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One chunk on its way to the disk, in a temporary file beside its final name.
final class DiskChunkWriter implements ChunkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(DiskChunkWriter.class);

  private final DiskChunkStore store;
  private final Key id;
  private final int sizeBytes;
  private final MessageDigest digest = Sha256.newDigest();
  private final Path temporary;
  private @Nullable ChunkFile file;
  private final byte[] header = new byte[BlobHeader.BYTES];
  private int headerBytes;
  private int writtenBytes;
  private boolean closed;
  private boolean renamed;

  DiskChunkWriter(DiskChunkStore store, Key id, int sizeBytes, Path temporary, ChunkFile file) {
    this.store = store;
    this.id = id;
    this.sizeBytes = sizeBytes;
    this.temporary = temporary;
    this.file = file;
  }

  Key id() {
    return id;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  /// What the chunk begins with, as far as it was written.
  byte[] first() {
    return Arrays.copyOf(header, headerBytes);
  }

  Path temporary() {
    return temporary;
  }

  @Override
  public void write(List<ByteBuffer> batch) throws StoreException {
    ChunkFile open = open();
    for (ByteBuffer bytes : batch) {
      take(bytes);
    }
    try {
      open.write(batch);
      Failpoint.PUT_PIECE_WRITTEN.hit();
    } catch (IOException e) {
      throw store.health().writeFailed(e);
    }
  }

  private void take(ByteBuffer bytes) throws StoreException {
    writtenBytes += bytes.remaining();
    if (writtenBytes > sizeBytes) {
      throw sizeDiffers();
    }
    digest.update(bytes.duplicate());
    int missing = Math.min(BlobHeader.BYTES - headerBytes, bytes.remaining());
    bytes.duplicate().get(header, headerBytes, missing);
    headerBytes += missing;
  }

  @Override
  public Outcome commit() throws StoreException {
    ChunkFile open = open();
    if (writtenBytes != sizeBytes) {
      throw sizeDiffers();
    }
    Key actual = Key.fromBytes(digest.digest());
    if (!actual.equals(id)) {
      throw new StoreException(
          StoreException.Kind.HASH_DIFFERS, "SHA-256 is " + actual + " (expected: " + id + ")");
    }
    try {
      open.finish();
      Outcome outcome = store.commit(this, open);
      renamed = outcome == Outcome.STORED;
      return outcome;
    } catch (IOException e) {
      throw store.health().writeFailed(e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    store.writerClosed(this);
    ChunkFile open = file;
    file = null;
    try {
      if (open != null) {
        open.close();
      }
      if (!renamed) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      LOG.warn("cannot remove the temporary file {}; the next start will", temporary, e);
    }
  }

  private ChunkFile open() throws StoreException {
    ChunkFile open = file;
    if (open == null) {
      throw new StoreException(StoreException.Kind.FAILED, "the upload of " + id + " is closed");
    }
    return open;
  }

  private StoreException sizeDiffers() {
    return new StoreException(
        StoreException.Kind.SIZE_DIFFERS,
        "chunk " + id + ": " + writtenBytes + " bytes came (expected: " + sizeBytes + ")");
  }
}
