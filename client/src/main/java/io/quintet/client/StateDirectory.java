package io.quintet.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a user's commands keep what should outlive them: known peers, the last error's details, a
/// local cluster. By the XDG base directory specification.
public final class StateDirectory {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private StateDirectory() {}

  /// The directory of this user, which need not exist yet: `$XDG_STATE_HOME/quintet`, or
  /// `~/.local/state/quintet`.
  public static Path path() {
    return path(System.getenv("XDG_STATE_HOME"), System.getProperty("user.home", "."));
  }

  /// The same for given values. A relative `XDG_STATE_HOME` is ignored, as the specification asks.
  public static Path path(@Nullable String xdgStateHome, String home) {
    if (xdgStateHome != null && Path.of(xdgStateHome).isAbsolute()) {
      return Path.of(xdgStateHome, "quintet");
    }
    return Path.of(home, ".local", "state", "quintet").toAbsolutePath();
  }

  /// Makes `directory` with its parents; what is made is for this user alone (0700).
  ///
  /// @throws IOException when it cannot be made, or is there and is no directory
  public static Path create(Path directory) throws IOException {
    return Files.createDirectories(directory, PRIVATE);
  }
}
