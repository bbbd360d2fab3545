package io.quintet.manifest.file;

import io.quintet.manifest.Manifest;
import io.quintet.manifest.ManifestException;
import io.quintet.manifest.ManifestReader;
import io.quintet.manifest.ManifestWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Manifests as files.
///
/// On a POSIX file system a manifest is readable and writable by its owner alone (0600) from the
/// first byte on, and is on disk, whole, when [#write] returns. Elsewhere the file gets the access
/// rights of its folder, and whether the rename survives a power cut is up to the system.
public final class ManifestFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private ManifestFile() {}

  /// Reads the manifest at `source`.
  ///
  /// @throws ManifestException when the file is not a manifest of a version known here
  /// @throws java.nio.file.NoSuchFileException when there is no file
  /// @throws IOException when it cannot be read
  public static Manifest read(Path source) throws IOException {
    try (InputStream in = Files.newInputStream(source)) {
      return ManifestReader.read(in);
    }
  }

  /// Writes `manifest` to `target`, all or nothing: the text goes to a temporary file beside the
  /// target, is synced, and takes the target's name in one step; then the folder is synced.
  ///
  /// When this fails, the target is what it was, and the temporary file is removed; only when the
  /// very last step fails, which is the folder's sync, the new file is there and may not survive a
  /// power cut. After a crash a file `.quintet-<digits>.tmp` may be left beside it.
  ///
  /// @param target the file's name; with `replace`, a symbolic link of this name is replaced itself
  /// @param replace whether a file that is there already may be replaced; otherwise it stays as it
  ///   is, even when it appears while this runs
  /// @throws FileAlreadyExistsException when the target is there and may not be replaced
  /// @throws IOException when the folder is missing or cannot be written
  public static void write(Path target, Manifest manifest, boolean replace) throws IOException {
    Path folder = folderOf(target);
    // The name does not hold the target's, which may be as long as names can be.
    Path temporary = Files.createTempFile(folder, ".quintet-", ".tmp", ownerOnly(folder));
    try {
      writeAndSync(temporary, manifest);
      if (replace) {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        linkOrClaim(temporary, target);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(folder);
  }

  private static Path folderOf(Path target) {
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null || target.getFileName() == null) {
      throw new IllegalArgumentException("manifest: " + target + " (expected: the name of a file)");
    }
    return parent;
  }

  private static void writeAndSync(Path temporary, Manifest manifest) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      ManifestWriter.write(manifest, out);
      channel.force(true);
    }
  }

  /// Gives the file the target's name, unless something has it. A hard link does both in one step;
  /// where there are none, the name is claimed first.
  private static void linkOrClaim(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      claimAndRename(temporary, target);
    }
  }

  /// Claims the target's name with an empty file, which fails when something has the name, and then
  /// renames over that. A crash between the two leaves the empty file.
  static void claimAndRename(Path temporary, Path target) throws IOException {
    Files.createFile(target, ownerOnly(folderOf(target)));
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    return isPosix(folder)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView("posix");
  }

  /// Makes the new name durable. Only POSIX systems open folders, so elsewhere this does nothing.
  private static void syncFolder(Path folder) throws IOException {
    if (isPosix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
