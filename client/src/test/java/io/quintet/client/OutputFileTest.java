package io.quintet.client;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void newFilesAndWithForceFilesMayBeMade() throws IOException {
    assertMayBeMade(folder.resolve("new"), false);
    Path file = Files.createFile(folder.resolve("file"));
    assertMayBeMade(file, true);
    assertRefused(ExitCode.REFUSED, file, false);
  }

  @Test
  void whatIsNoFileIsNeverReplaced() throws IOException {
    assertRefused(ExitCode.USAGE, folder, true);
    Path file = Files.createFile(folder.resolve("file"));
    assertNeverReplaced(Files.createSymbolicLink(folder.resolve("link"), file));
    assertNeverReplaced(Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere")));
    Path device = Path.of("/dev/null");
    Assumptions.assumeTrue(Files.exists(device), "this system has no /dev/null");
    assertNeverReplaced(device);
  }

  @Test
  void withoutAFolderNothingCanBeMade() throws IOException {
    assertRefused(ExitCode.UNAVAILABLE, folder.resolve("no/such"), true);
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(ExitCode.UNAVAILABLE, file.resolve("below"), true);
  }

  private static void assertMayBeMade(Path path, boolean force) {
    assertDoesNotThrow(() -> OutputFile.check(path, "it", force), path.toString());
  }

  private static void assertNeverReplaced(Path path) {
    assertRefused(ExitCode.REFUSED, path, false);
    assertRefused(ExitCode.REFUSED, path, true);
  }

  private static void assertRefused(ExitCode code, Path path, boolean force) {
    UserException e =
        assertThrows(
            UserException.class, () -> OutputFile.check(path, "it", force), path.toString());
    assertEquals(code, e.exitCode(), path.toString());
  }
}
