package io.quintet.client.download;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.ManifestException;
import io.quintet.manifest.file.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads manifests for people: every way in which it fails says what to do.
public final class ManifestOpening {
  private ManifestOpening() {}

  /// The manifest at `path`, whole and valid.
  ///
  /// @throws UserException with `USAGE`, `UNAVAILABLE`, `INTEGRITY`, or `REFUSED` for a newer
  ///   version
  public static Manifest open(Path path) {
    if (Files.isDirectory(path)) {
      throw new UserException(
          ExitCode.USAGE, path + " is a directory", "name a manifest, a file that put wrote");
    }
    if (!Files.exists(path)) {
      throw new UserException(
          ExitCode.UNAVAILABLE, "there is no manifest " + path, "check the name and the directory");
    }
    try {
      return ManifestFile.read(path);
    } catch (ManifestException e) {
      throw refused(path, e);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE, "cannot read " + path, "check its permissions", e);
    }
  }

  private static UserException refused(Path path, ManifestException e) {
    return switch (e.kind()) {
      case DAMAGED ->
          new UserException(
              ExitCode.INTEGRITY,
              path + " is no intact manifest: " + e.getMessage(),
              "use another copy of it; this one was changed, cut off, or is another file",
              e);
      case NEWER_VERSION ->
          new UserException(
              ExitCode.REFUSED,
              path + " was written by a newer version: " + e.getMessage(),
              "install that version of quintet",
              e);
      case TOO_LARGE ->
          new UserException(
              ExitCode.INTEGRITY,
              path + " is larger than any manifest",
              "check the name: this is another file",
              e);
    };
  }
}
