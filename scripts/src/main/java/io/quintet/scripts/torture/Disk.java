package io.quintet.scripts.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A small disk of its own for one node; only root may make one.
final class Disk implements AutoCloseable {
  private final Path at;
  private boolean mounted = true;

  private Disk(Path at) {
    this.at = at;
  }

  /// A file system in memory.
  ///
  /// @param options as of mount(8), such as `size=8m,nr_inodes=500`
  static Disk inMemory(Arena arena, String name, String options) throws IOException {
    Path at = Files.createDirectories(arena.path(name));
    Shell.run("mount", "-t", "tmpfs", "-o", options, "tmpfs", at.toString());
    return kept(arena, at);
  }

  /// An ext4 file system in the file `image`, which is made first if it is missing.
  static Disk ofImage(Arena arena, String name, Path image, int megabytes) throws IOException {
    if (!Files.exists(image)) {
      Shell.run("truncate", "-s", megabytes + "M", image.toString());
      Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
    }
    Path at = Files.createDirectories(arena.path(name));
    Shell.run("mount", "-t", "ext4", "-o", "loop", image.toString(), at.toString());
    return kept(arena, at);
  }

  private static Disk kept(Arena arena, Path at) {
    Disk disk = new Disk(at);
    arena.keep(disk);
    return disk;
  }

  /// Why disks cannot be made on this machine; empty when they can.
  static Optional<String> obstacle(boolean image) {
    Optional<String> missing = Shell.obstacle("mount", "umount", image ? "mkfs.ext4" : "mount");
    if (missing.isPresent()) {
      return missing;
    }
    try {
      Path probe = Files.createTempDirectory("quintet-mount");
      try {
        Shell.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", probe.toString());
        Shell.run("umount", probe.toString());
      } finally {
        Files.delete(probe);
      }
      boolean loop = Files.exists(Path.of("/dev/loop-control"));
      return image && !loop ? Optional.of("this machine has no loop devices") : Optional.empty();
    } catch (IOException e) {
      return Optional.of("this machine does not let root mount");
    }
  }

  Path at() {
    return at;
  }

  /// Takes it away, also when a process still uses it.
  @Override
  public void close() throws IOException {
    if (mounted) {
      mounted = false;
      Shell.run("umount", "-l", at.toString());
    }
  }
}
