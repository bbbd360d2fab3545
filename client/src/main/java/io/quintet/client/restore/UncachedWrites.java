package io.quintet.client.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes of whole blocks that go to the disk without a stay in the system's page cache
/// (`O_DIRECT`).
///
/// What is restored is synced at once and not read again by us. Through the page cache it would be
/// copied once more into pages that the system must find first, push out what the user had cached,
/// and leave all writing to the disk to the end. File systems that cannot do this refuse, and then
/// the caller writes the ordinary way. Owned by one thread.
final class UncachedWrites implements AutoCloseable {
  private final FileChannel channel;
  private final int block;
  private final ByteBuffer aligned;

  private UncachedWrites(FileChannel channel, int block, int bytesMax) {
    this.channel = channel;
    this.block = block;
    this.aligned = ByteBuffer.allocateDirect(bytesMax + block - 1).alignedSlice(block);
  }

  /// Opens an existing file once more, or returns null where the file system cannot.
  ///
  /// @param bytesMax the most bytes of one write
  static @Nullable UncachedWrites open(Path file, int bytesMax) {
    try {
      OpenOption direct = direct();
      if (direct == null) {
        return null;
      }
      int block = Math.toIntExact(Files.getFileStore(file).getBlockSize());
      if (Integer.bitCount(block) != 1 || block > bytesMax) {
        return null;
      }
      return new UncachedWrites(
          FileChannel.open(file, StandardOpenOption.WRITE, direct), block, bytesMax);
    } catch (IOException | UnsupportedOperationException | ArithmeticException e) {
      return null;
    }
  }

  /// The JDK's option by its name: naming the class itself makes a compiler warning that nothing
  /// can silence.
  private static @Nullable OpenOption direct() {
    try {
      Object[] options = Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
      return Stream.of(options)
          .filter(option -> option.toString().equals("DIRECT"))
          .map(OpenOption.class::cast)
          .findFirst()
          .orElse(null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /// Whether a write begins and ends between two blocks of the file system.
  boolean takes(long offset, int length) {
    return offset % block == 0 && length % block == 0 && length <= aligned.capacity();
  }

  /// Writes all that remains of `bytes` at `offset`.
  void write(long offset, ByteBuffer bytes) throws IOException {
    aligned.clear().put(bytes).flip();
    while (aligned.hasRemaining()) {
      int written = channel.write(aligned, offset + aligned.position());
      assert written >= 0;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
