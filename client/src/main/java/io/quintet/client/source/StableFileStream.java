package io.quintet.client.source;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// A file's bytes, exactly as many as its stamp says; fails when the file is no longer the one that
/// was stamped, so that a mixture of two versions is never stored.
final class StableFileStream extends InputStream {
  /// Looks at the file again.
  @FunctionalInterface
  interface Restamp {
    FileStamp now() throws IOException;
  }

  /// Java copies what it reads once more: cheaper while the first copy is in the processor's cache.
  private static final int READ_BYTES_MAX = 128 << 10;

  private final Path path;
  private final FileStamp stamp;
  private final Restamp restamp;
  private final FileChannel channel;
  private long left;
  private boolean checked;

  StableFileStream(Path path, FileStamp stamp, Restamp restamp, LinkOption... options)
      throws IOException {
    this.path = path;
    this.stamp = stamp;
    this.restamp = restamp;
    this.left = stamp.size();
    Set<java.nio.file.OpenOption> all = new java.util.HashSet<>(Set.of(options));
    all.add(StandardOpenOption.READ);
    this.channel = FileChannel.open(path, all);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      checkUnchanged();
      return -1;
    }
    int wanted = (int) Math.min(Math.min(length, READ_BYTES_MAX), left);
    int got = channel.read(ByteBuffer.wrap(target, offset, wanted));
    if (got < 0) {
      throw changed();
    }
    left -= got;
    return got;
  }

  private void checkUnchanged() throws IOException {
    if (!checked && !restamp.now().isSame(stamp)) {
      throw changed();
    }
    checked = true;
  }

  private UserException changed() {
    return new UserException(
        ExitCode.REFUSED,
        path + " changed while it was read, so there is no manifest",
        "put it again when no program writes to it");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
