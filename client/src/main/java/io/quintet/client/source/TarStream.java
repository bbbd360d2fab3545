package io.quintet.client.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/// A tree as a tar stream that is made while it is read, a piece at a time. Owned by one thread.
///
/// The bytes depend on names, contents, modes and modification times (whole seconds) alone, not on
/// owners, so that the same tree gives the same stream.
final class TarStream extends InputStream {
  private static final int PIECE_BYTES = 64 << 10;

  private static final List<PosixFilePermission> BY_BIT =
      List.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final TreeWalk walk;
  private final Piece piece = new Piece();
  private final TarArchiveOutputStream tar;
  private final byte[] buffer = new byte[PIECE_BYTES];
  private @Nullable InputStream file;
  private boolean finished;

  TarStream(TreeWalk walk) {
    this.walk = walk;
    tar = new TarArchiveOutputStream(piece, TarConstants.DEFAULT_RCDSIZE, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (piece.isEmpty()) {
      if (finished) {
        return -1;
      }
      advance();
    }
    return piece.take(target, offset, length);
  }

  private void advance() throws IOException {
    if (file != null) {
      copySome(file);
      return;
    }
    TreeEntry entry = walk.next();
    if (entry == null) {
      tar.finish();
      tar.flush();
      finished = true;
      return;
    }
    tar.putArchiveEntry(header(entry));
    if (entry.attributes().isRegularFile()) {
      file =
          new StableFileStream(
              entry.path(),
              FileStamp.of(entry.attributes()),
              () -> FileStamp.notFollowing(entry.path()),
              LinkOption.NOFOLLOW_LINKS);
    } else {
      tar.closeArchiveEntry();
    }
  }

  private void copySome(InputStream in) throws IOException {
    int got = in.read(buffer, 0, buffer.length);
    if (got >= 0) {
      tar.write(buffer, 0, got);
      return;
    }
    in.close();
    file = null;
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry header(TreeEntry entry) throws IOException {
    PosixFileAttributes attributes = entry.attributes();
    TarArchiveEntry header = empty(entry);
    header.setMode(mode(attributes.permissions()));
    header.setModTime(attributes.lastModifiedTime().toMillis() / 1000 * 1000);
    header.setIds(0, 0);
    header.setNames("", "");
    return header;
  }

  private static TarArchiveEntry empty(TreeEntry entry) throws IOException {
    PosixFileAttributes attributes = entry.attributes();
    if (attributes.isDirectory()) {
      return new TarArchiveEntry(entry.name() + "/", TarConstants.LF_DIR);
    }
    if (attributes.isSymbolicLink()) {
      TarArchiveEntry link = new TarArchiveEntry(entry.name(), TarConstants.LF_SYMLINK);
      link.setLinkName(Files.readSymbolicLink(entry.path()).toString());
      return link;
    }
    TarArchiveEntry file = new TarArchiveEntry(entry.name(), TarConstants.LF_NORMAL);
    file.setSize(attributes.size());
    return file;
  }

  private static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (int i = 0; i < BY_BIT.size(); i++) {
      mode |= permissions.contains(BY_BIT.get(i)) ? 0400 >> i : 0;
    }
    return mode;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  /// The bytes that were made and not yet read.
  private static final class Piece extends ByteArrayOutputStream {
    private int taken;

    boolean isEmpty() {
      return taken == count;
    }

    synchronized int take(byte[] target, int offset, int length) {
      int given = Math.min(length, count - taken);
      System.arraycopy(buf, taken, target, offset, given);
      taken += given;
      if (taken == count) {
        taken = 0;
        reset();
      }
      return given;
    }
  }
}
