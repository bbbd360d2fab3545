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
  void newFilesAndWithForceFilesAndLinksToNowhereMayBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
    assertMayBeMade(folder.resolve("new"), false);
    for (Path there : new Path[] {file, link, dangling}) {
      assertMayBeMade(there, true);
      assertRefused(ExitCode.REFUSED, there, false);
    }
  }

  @Test
  void whatIsNoFileIsNeverReplaced() throws IOException {
    assertRefused(ExitCode.USAGE, folder, true);
    Path device = Path.of("/dev/null");
    Assumptions.assumeTrue(Files.exists(device), "this system has no /dev/null");
    assertRefused(ExitCode.REFUSED, device, true);
    assertRefused(ExitCode.REFUSED, device, false);
    Path link = Files.createSymbolicLink(folder.resolve("link"), device);
    assertRefused(ExitCode.REFUSED, link, true);
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

  private static void assertRefused(ExitCode code, Path path, boolean force) {
    UserException e =
        assertThrows(
            UserException.class, () -> OutputFile.check(path, "it", force), path.toString());
    assertEquals(code, e.exitCode(), path.toString());
  }
}
