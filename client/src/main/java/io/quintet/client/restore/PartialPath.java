package io.quintet.client.restore;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/// The names that an output has on its way: one beside the target that nobody else uses while it
/// grows, then the target's own, or `<target>.partial` when it stays incomplete.
final class PartialPath {
  private final Path target;
  private final Path growing;

  PartialPath(Path target) {
    this.target = target;
    String number = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    this.growing = target.resolveSibling("." + target.getFileName() + "." + number + ".partial");
  }

  /// Where to write.
  Path growing() {
    return growing;
  }

  /// Gives the finished file its name.
  ///
  /// @param replace whether it may replace another file
  /// @throws FileAlreadyExistsException when it may not and must
  void finishFile(boolean replace) throws IOException {
    if (replace) {
      Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try {
      // Unlike a rename, a hard link never replaces what is there.
      Files.createLink(target, growing);
      Files.delete(growing);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Gives the finished directory its name. The system's rename refuses to replace anything but an
  /// empty directory.
  void finishDirectory() throws IOException {
    Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Keeps what there is as `<target>.partial`, or under a numbered name when that is taken.
  Path keep() throws IOException {
    Path kept = target.resolveSibling(target.getFileName() + ".partial");
    for (int i = 1; Files.exists(kept, LinkOption.NOFOLLOW_LINKS); i++) {
      kept = target.resolveSibling(target.getFileName() + ".partial." + i);
    }
    Files.move(growing, kept, StandardCopyOption.ATOMIC_MOVE);
    return kept;
  }
}
