package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.OutputFile;
import io.quintet.client.UserException;
import io.quintet.client.download.ManifestOpening;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.file.ManifestFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies manifests without their keys.
final class Redaction {
  private Redaction() {}

  static void write(Path source, Path target, boolean force) {
    Manifest manifest = ManifestOpening.open(source);
    try {
      if (Files.exists(target) && Files.isSameFile(source, target)) {
        throw new UserException(
            ExitCode.REFUSED,
            target + " is the manifest itself: its keys would be lost, and with them the file",
            "choose another name with -o");
      }
      OutputFile.check(target, target.toString(), force);
      ManifestFile.write(target, manifest.redacted(), force);
    } catch (FileAlreadyExistsException e) {
      throw new UserException(
          ExitCode.REFUSED,
          target + " exists already",
          "choose another name with -o, or replace it with --force",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot write " + target,
          "check that its directory exists and can be written",
          e);
    }
  }
}
