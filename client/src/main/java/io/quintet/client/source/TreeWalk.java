package io.quintet.client.source;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.tar.TarNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A directory's entries in a fixed order: each directory before what is in it, names in order.
///
/// Keeps the lists of the directories on the way down alone, so a tree of any size needs little
/// memory. Owned by one thread.
final class TreeWalk {
  private final Path root;
  private final Consumer<String> warnings;
  private final Deque<Iterator<Path>> open = new ArrayDeque<>();
  private boolean begun;

  TreeWalk(Path root, Consumer<String> warnings) {
    this.root = root;
    this.warnings = warnings;
  }

  /// Walks through everything without reading contents.
  ///
  /// @throws UserException naming the first thing that cannot be read, or brought back by its name
  static void checkReadable(Path root) {
    TreeWalk walk = new TreeWalk(root, text -> {});
    try {
      for (TreeEntry entry = walk.next(); entry != null; entry = walk.next()) {
        if (entry.attributes().isRegularFile() && !Files.isReadable(entry.path())) {
          throw unreadable(entry.path(), null);
        }
      }
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  /// The next entry, or null at the end.
  @Nullable TreeEntry next() throws IOException {
    if (!begun) {
      begun = true;
      open.push(sorted(root));
      return new TreeEntry(root, ".", attributes(root));
    }
    while (!open.isEmpty()) {
      Iterator<Path> siblings = open.element();
      if (!siblings.hasNext()) {
        open.pop();
        continue;
      }
      TreeEntry entry = entry(siblings.next());
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  private @Nullable TreeEntry entry(Path path) throws IOException {
    checkName(path, "the name of " + path);
    TreeEntry entry = new TreeEntry(path, name(path), attributes(path));
    PosixFileAttributes attributes = entry.attributes();
    int depth = open.size() - 1;
    if (attributes.isDirectory()) {
      open.push(sorted(path));
    } else if (attributes.isSymbolicLink()) {
      Path target = Files.readSymbolicLink(path);
      if (TarNames.escapes(depth, target.toString())) {
        warnings.accept("left out " + path + ": a link that leads out of the directory");
        return null;
      }
      checkName(target, "the target of " + path);
    } else if (!attributes.isRegularFile()) {
      warnings.accept("left out " + path + ": neither a file, a directory nor a link");
      return null;
    }
    return entry;
  }

  // Java shows the bytes of such a name as replacement characters: another name, and maybe a
  // sibling's. A path keeps its bytes, so one made from what is shown differs.
  private static void checkName(Path name, String what) {
    if (!name.equals(name.getFileSystem().getPath(name.toString()))) {
      throw new UserException(
          ExitCode.REFUSED,
          what + " is not UTF-8, so nothing of the directory was put",
          "rename it, or leave it out of the directory");
    }
  }

  private String name(Path path) {
    return root.relativize(path).toString();
  }

  // With the attributes of the link itself, except for the root: a link to a directory may be put.
  private PosixFileAttributes attributes(Path path) throws IOException {
    return path.equals(root)
        ? Files.readAttributes(path, PosixFileAttributes.class)
        : Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static Iterator<Path> sorted(Path directory) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      throw unreadable(directory, e);
    }
    children.sort(Comparator.comparing(path -> String.valueOf(path.getFileName())));
    return children.iterator();
  }

  private static UserException unreadable(Path path, @Nullable Exception cause) {
    String failed = "cannot read " + path + ", so nothing of the directory was put";
    String advice = "check its permissions, or leave it out of the directory";
    return cause == null
        ? new UserException(ExitCode.UNAVAILABLE, failed, advice)
        : new UserException(ExitCode.UNAVAILABLE, failed, advice, cause);
  }
}
