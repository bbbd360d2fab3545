package io.quintet.client.restore;

import io.quintet.manifest.Chunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file that grows beside its target. Owned by one thread.
public final class FileRestore implements AutoCloseable {
  // Worth it for whole chunks; what is smaller goes the ordinary way.
  private static final int BLOCKS_BYTES = Chunks.SIZE_BYTES;

  private final PartialPath path;
  private final FileChannel channel;
  private @Nullable UncachedWrites uncached;
  private boolean uncachedTried;
  private boolean settled;

  /// Makes the growing file, with the permissions that the user's umask gives.
  public FileRestore(Path target) throws IOException {
    this.path = new PartialPath(target.toAbsolutePath());
    this.channel =
        FileChannel.open(path.growing(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// Writes all that remains of `bytes` at `offset`. What is never written reads as zeros.
  public void write(long offset, ByteBuffer bytes) throws IOException {
    if (bytes.remaining() == BLOCKS_BYTES && wroteUncached(offset, bytes.duplicate())) {
      return;
    }
    for (long at = offset; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  private boolean wroteUncached(long offset, ByteBuffer bytes) throws IOException {
    if (!uncachedTried) {
      uncachedTried = true;
      uncached = UncachedWrites.open(path.growing(), BLOCKS_BYTES);
    }
    UncachedWrites writes = uncached;
    if (writes == null || !writes.takes(offset, BLOCKS_BYTES)) {
      return false;
    }
    try {
      writes.write(offset, bytes);
      return true;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // Some file systems refuse only now. The ordinary write meets any true failure, and tells.
      uncached = null;
      writes.close();
      return false;
    }
  }

  /// Makes the file durable and gives it the target's name.
  ///
  /// @param replace whether it may replace another file
  /// @throws java.nio.file.FileAlreadyExistsException when it may not and must
  public void finish(boolean replace) throws IOException {
    channel.force(true);
    closeChannels();
    path.finishFile(replace);
    settled = true;
  }

  /// Keeps what was written under the name that is returned.
  ///
  /// @param size of the whole file: what is missing at the end becomes zeros too
  public Path keep(long size) throws IOException {
    if (channel.size() < size) {
      write(size - 1, ByteBuffer.allocate(1));
    }
    closeChannels();
    Path kept = path.keep();
    settled = true;
    return kept;
  }

  /// Removes the file, unless it was finished or kept.
  @Override
  public void close() throws IOException {
    closeChannels();
    if (!settled) {
      Files.deleteIfExists(path.growing());
    }
  }

  private void closeChannels() throws IOException {
    channel.close();
    if (uncached != null) {
      uncached.close();
    }
  }
}
