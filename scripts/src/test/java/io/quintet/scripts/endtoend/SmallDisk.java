package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A disk of a few megabytes: a tmpfs, which only root can mount.
final class SmallDisk {
  private final Path at;

  private SmallDisk(Path at) {
    this.at = at;
  }

  /// Mounts one; skips the test where that is not allowed.
  static SmallDisk mount(Path at, int bytes) throws Exception {
    Files.createDirectories(at);
    int mounted =
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", at.toString()));
    assumeTrue(mounted == 0, "only root may mount the small disk that this test fills");
    return new SmallDisk(at);
  }

  private static int run(List<String> command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      // No such program here.
      return -1;
    }
    return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /// Removes it.
  void unmount() throws Exception {
    // Lazy, because a node that was just killed may still hold a file.
    assertEquals(0, run(List.of("umount", "-l", at.toString())));
  }
}
