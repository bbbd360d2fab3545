package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A path that was typed.
final class PathArgument {
  private PathArgument() {}

  /// The path.
  ///
  /// @throws UserException with `USAGE` for what can be no path
  static Path of(String argument) {
    try {
      if (!argument.isEmpty()) {
        return Path.of(argument);
      }
    } catch (InvalidPathException e) {
      throw new UserException(
          ExitCode.USAGE, "'" + argument + "' is no path", "check for stray characters", e);
    }
    throw new UserException(ExitCode.USAGE, "the path is empty", "name a file or a directory");
  }
}
