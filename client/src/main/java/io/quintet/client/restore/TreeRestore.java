package io.quintet.client.restore;

import io.quintet.client.tar.TarNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/// A directory that is extracted from a tar stream beside its target. Owned by one thread.
///
/// Takes what put makes and nothing else: regular files, directories and links that stay inside.
/// Every name is new, its parent a real directory that was extracted before, and no link is ever
/// followed, so nothing can be written anywhere else. Modes are restored without set-user-id,
/// set-group-id and sticky bits; owners are not.
public final class TreeRestore implements AutoCloseable {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int MODE_MASK = 0777;
  private static final int BUFFER_BYTES = 64 << 10;

  private final PartialPath path;
  private final Path root;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  // Directories that may still get entries, the root at the bottom; each gets its mode and time
  // when it is left, because a read-only one could not be filled.
  private final Deque<OpenDirectory> open = new ArrayDeque<>();
  private boolean isFirst = true;
  private boolean settled;

  private record OpenDirectory(List<String> name, int mode, FileTime modified) {}

  /// Makes the growing directory, for the user alone.
  public TreeRestore(Path target) throws IOException {
    this.path = new PartialPath(target.toAbsolutePath());
    this.root = Files.createDirectory(path.growing(), PRIVATE);
  }

  /// Extracts all entries.
  ///
  /// @throws EntryRefusedException for an entry that does not belong into a directory from put
  /// @throws IOException when the stream is no tar stream, ends too early or fails itself
  public void extract(InputStream stream) throws IOException {
    HeaderGuard guard = new HeaderGuard(stream);
    TarArchiveInputStream tar = new TarArchiveInputStream(guard, "UTF-8");
    for (TarArchiveEntry entry = next(tar, guard); entry != null; entry = next(tar, guard)) {
      extract(entry, tar);
      isFirst = false;
    }
    while (!open.isEmpty()) {
      leave(open.pop());
    }
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, HeaderGuard guard)
      throws IOException {
    guard.beginHeader();
    try {
      return tar.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new IOException("a tar header that cannot be read", e);
    } finally {
      guard.endHeader();
    }
  }

  private void extract(TarArchiveEntry entry, InputStream contents) throws IOException {
    String given = entry.getName();
    List<String> name = TarNames.parts(given);
    if (name == null) {
      throw new EntryRefusedException(given, "is outside the directory, or no name at all");
    }
    if (name.isEmpty()) {
      begin(entry, name);
      return;
    }
    leaveAllBut(name);
    Path file = resolve(given, name);
    Path parent = Objects.requireNonNull(file.getParent(), "it is below the root");
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      throw new EntryRefusedException(given, "is in no directory of this archive");
    }
    try {
      make(entry, name, file, contents);
    } catch (FileAlreadyExistsException e) {
      throw new EntryRefusedException(given, "is there twice");
    }
  }

  private Path resolve(String given, List<String> name) throws EntryRefusedException {
    try {
      return root.resolve(String.join("/", name));
    } catch (InvalidPathException e) {
      throw new EntryRefusedException(given, "is no name on this system");
    }
  }

  private void make(TarArchiveEntry entry, List<String> name, Path file, InputStream contents)
      throws IOException {
    if (entry.isLink()) {
      throw new EntryRefusedException(entry.getName(), "is a hard link, which put never makes");
    }
    if (entry.isSymbolicLink()) {
      String target = entry.getLinkName();
      if (TarNames.escapes(name.size() - 1, target)) {
        throw new EntryRefusedException(entry.getName(), "is a link out of the directory");
      }
      Path link = Files.createSymbolicLink(file, Path.of(target));
      assert Files.isSymbolicLink(link);
    } else if (entry.isDirectory()) {
      Path directory = Files.createDirectory(file, PRIVATE);
      assert Files.isDirectory(directory);
      begin(entry, name);
    } else if (isRegularFile(entry)) {
      write(entry, file, contents);
    } else {
      throw new EntryRefusedException(entry.getName(), "is neither a file, a directory nor a link");
    }
  }

  // The library's own isFile() takes devices for files.
  private static boolean isRegularFile(TarArchiveEntry entry) {
    byte type = entry.getLinkFlag();
    return (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM) && !entry.isSparse();
  }

  private void begin(TarArchiveEntry entry, List<String> name) throws IOException {
    if (name.isEmpty() && !(entry.isDirectory() && isFirst)) {
      throw new EntryRefusedException(entry.getName(), "is the directory itself, but not first");
    }
    if (entry.getSize() != 0) {
      throw new EntryRefusedException(entry.getName(), "is a directory with contents of its own");
    }
    open.push(new OpenDirectory(name, entry.getMode(), entry.getLastModifiedTime()));
  }

  private void write(TarArchiveEntry entry, Path file, InputStream contents) throws IOException {
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      long left = entry.getSize();
      while (left > 0) {
        int got = contents.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (got < 0) {
          throw new IOException("the tar stream ends within " + entry.getName());
        }
        out.write(buffer, 0, got);
        left -= got;
      }
    }
    restoreAttributes(file, entry.getMode(), entry.getLastModifiedTime());
  }

  /// Leaves the directories that `name` is not in; put lists all of a directory together.
  private void leaveAllBut(List<String> name) throws IOException {
    while (!open.isEmpty() && !isIn(name, open.element().name())) {
      leave(open.pop());
    }
  }

  private static boolean isIn(List<String> name, List<String> directory) {
    return name.size() > directory.size() && name.subList(0, directory.size()).equals(directory);
  }

  private void leave(OpenDirectory directory) throws IOException {
    Path file =
        directory.name().isEmpty() ? root : root.resolve(String.join("/", directory.name()));
    restoreAttributes(file, directory.mode(), directory.modified());
  }

  private static void restoreAttributes(Path file, int mode, FileTime modified) throws IOException {
    Set<PosixFilePermission> permissions =
        PosixFilePermissions.fromString(symbolic(mode & MODE_MASK));
    Path timed = Files.setLastModifiedTime(file, modified);
    Path done = Files.setPosixFilePermissions(timed, permissions);
    assert done.equals(file);
  }

  private static String symbolic(int mode) {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < text.length(); i++) {
      if ((mode & 0400 >> i) == 0) {
        text.setCharAt(i, '-');
      }
    }
    return text.toString();
  }

  /// Gives the directory the target's name.
  ///
  /// @throws IOException when there is something that is not an empty directory
  public void finish() throws IOException {
    path.finishDirectory();
    settled = true;
  }

  /// Keeps what was extracted under the name that is returned.
  public Path keep() throws IOException {
    Path kept = path.keep();
    settled = true;
    return kept;
  }

  /// Removes the directory, unless it was finished or kept.
  @Override
  public void close() throws IOException {
    if (!settled) {
      removeTree(root);
    }
  }

  private static void removeTree(Path root) throws IOException {
    Path removed =
        Files.walkFileTree(
            root,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                  throws IOException {
                Path writable =
                    Files.setPosixFilePermissions(
                        dir, PosixFilePermissions.fromString("rwx------"));
                assert writable.equals(dir);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                  throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
                  throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
              }
            });
    assert removed.equals(root);
  }
}
