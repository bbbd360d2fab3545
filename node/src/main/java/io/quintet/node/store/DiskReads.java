package io.quintet.node.store;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hashes what is on the disk and not what the operating system remembers of it: a check that reads
/// the page cache says nothing about the disk, and fills the cache with what nobody asked for.
final class DiskReads {
  private static final Logger LOG = LoggerFactory.getLogger(DiskReads.class);
  private static final int STEP_BYTES = 256 << 10;

  private DiskReads() {}

  /// The SHA-256 of `file`, read past the page cache where the file system can.
  ///
  /// @return empty when the disk could not read a part of it
  /// @throws IOException when the file cannot be opened at all
  static Optional<Key> hash(Path file) throws IOException {
    if (DirectIo.OPTION.isEmpty()) {
      return cached(file);
    }
    try {
      return Optional.of(direct(file, DirectIo.OPTION.get()));
    } catch (UnsupportedOperationException | IOException e) {
      if (isMediaError(e)) {
        return Optional.empty();
      }
      // File systems in memory, among others, know no direct reads.
      return cached(file);
    }
  }

  /// The first `bytesMax` bytes of `file`, fewer when it is shorter; none when the disk could not
  /// read them.
  ///
  /// @throws IOException when the file cannot be opened at all
  static byte[] first(Path file, int bytesMax) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer first = ByteBuffer.allocate(bytesMax);
      while (first.hasRemaining() && channel.read(first) >= 0) {
        // More of it.
      }
      return Arrays.copyOf(first.array(), first.position());
    } catch (IOException e) {
      if (isMediaError(e)) {
        return new byte[0];
      }
      throw e;
    }
  }

  private static Optional<Key> cached(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(Sha256.of(channel, Math.toIntExact(channel.size())));
    } catch (IOException e) {
      if (isMediaError(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Key direct(Path file, OpenOption option) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS, option)) {
      ByteBuffer step = DirectIo.allocate(STEP_BYTES);
      byte[] bytes = new byte[STEP_BYTES];
      long left = channel.size();
      while (left > 0) {
        step.clear().limit(STEP_BYTES);
        int read = channel.read(step);
        if (read <= 0) {
          break;
        }
        left -= read;
        // Digests take arrays as they are, and direct buffers in small pieces.
        step.flip().get(bytes, 0, read);
        digest.update(bytes, 0, read);
      }
    }
    return Key.fromBytes(digest.digest());
  }

  /// Closes what was only read, if anything: whether that succeeds does not matter.
  static void closeQuietly(@Nullable AutoCloseable read) {
    if (read == null) {
      return;
    }
    try {
      read.close();
    } catch (Exception e) {
      LOG.debug("closing a file that was only read failed", e);
    }
  }

  /// Whether the medium itself failed: the bytes are gone, whoever asks.
  static boolean isMediaError(Exception e) {
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return e instanceof IOException && said.contains("input/output error");
  }
}
