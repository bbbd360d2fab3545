package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.manifest.ChunkTable;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.ManifestException;
import io.quintet.manifest.file.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// Reads what `info` shows.
final class ManifestInfo {
  private ManifestInfo() {}

  static ManifestFacts read(Path path) {
    Manifest manifest = manifest(path);
    return new ManifestFacts(
        Manifest.VERSION,
        manifest.size(),
        manifest.chunks().size(),
        distinct(manifest.chunks()),
        manifest.chunkSize(),
        manifest.compression().label(),
        "AES-256-GCM",
        manifest.content().label(),
        manifest.replicas(),
        HexFormat.of().formatHex(manifest.merkleRoot()),
        !manifest.isRedacted());
  }

  private static Manifest manifest(Path path) {
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

  // Generation and position name a blob, so sorting them tells how many there are.
  private static long distinct(ChunkTable chunks) {
    long[] origins = new long[chunks.size()];
    for (int i = 0; i < origins.length; i++) {
      origins[i] = ((long) chunks.generation(i) << Integer.SIZE) | chunks.position(i);
    }
    Arrays.sort(origins);
    long distinct = 0;
    for (int i = 0; i < origins.length; i++) {
      distinct += i == 0 || origins[i] != origins[i - 1] ? 1 : 0;
    }
    return distinct;
  }
}
