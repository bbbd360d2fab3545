package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.nio.file.Path;

/// How a manifest's file name and its file's name belong together.
final class ManifestName {
  /// What is added to the file's name.
  static final String SUFFIX = ".manifest";

  private ManifestName() {}

  /// The name of the file that `manifest` describes, in the working directory.
  ///
  /// @throws UserException with `USAGE` when the manifest's name does not tell
  static Path withoutSuffix(Path manifest) {
    Path last = manifest.getFileName();
    String name = last == null ? "" : last.toString();
    String base = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
    if (base.isEmpty() || base.equals(".") || base.equals("..")) {
      throw new UserException(
          ExitCode.USAGE,
          "no name for the output: " + manifest + " does not end with " + SUFFIX,
          "say where the file goes: -o PATH, or -o - for standard output");
    }
    return Path.of(base);
  }
}
