package io.quintet.client;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Whether a command may make a file, told before it begins its work.
public final class OutputFile {
  private OutputFile() {}

  /// Looks at what is at `path`. Only a file is ever replaced, however much the user insists: for
  /// root, `-o /dev/null` would break the machine, and so would `-o /dev/stdout`, which is a link.
  ///
  /// @param name how errors call it
  /// @param force whether a file that is there may be replaced
  /// @throws UserException with `USAGE` for a directory, `REFUSED` for what is there and stays, and
  ///   `UNAVAILABLE` when nothing can be made there
  public static void check(Path path, String name, boolean force) {
    if (Files.isDirectory(path)) {
      throw new UserException(ExitCode.USAGE, name + " is a directory", "name a file");
    }
    boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    if (there && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(
          ExitCode.REFUSED,
          name + " is no regular file",
          "choose another name; links, devices, pipes and sockets are never replaced");
    }
    if (there && !force) {
      throw new UserException(
          ExitCode.REFUSED,
          name + " exists already",
          "choose another name, or replace it with --force");
    }
    checkFolder(path, name);
  }

  /// Whether something can be made in the folder of `path`.
  ///
  /// @param name how errors call `path`
  /// @throws UserException with `UNAVAILABLE`
  public static void checkFolder(Path path, String name) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot write " + name,
          "check that its directory exists and is yours to write");
    }
  }
}
