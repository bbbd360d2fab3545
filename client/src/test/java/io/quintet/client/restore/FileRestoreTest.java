package io.quintet.client.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileRestoreTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theFileHasItsNameOnlyWhenItIsFinished() throws IOException {
    Path target = folder.resolve("file");
    try (FileRestore file = new FileRestore(target)) {
      file.write(2, new byte[] {3, 4, 9}, 2);
      file.write(0, new byte[] {1, 2}, 2);
      assertEquals(false, Files.exists(target));
      file.finish(false);
    }
    assertArrayEquals(new byte[] {1, 2, 3, 4}, Files.readAllBytes(target));
    assertCount(1);
  }

  @Test
  void anUnfinishedFileIsRemoved() throws IOException {
    try (FileRestore file = new FileRestore(folder.resolve("file"))) {
      file.write(0, new byte[] {1}, 1);
      assertCount(1);
    }
    assertCount(0);
  }

  @Test
  void whatIsKeptHasHolesOfZerosAndTheFullLength() throws IOException {
    Path kept;
    try (FileRestore file = new FileRestore(folder.resolve("file"))) {
      file.write(3, new byte[] {7}, 1);
      kept = file.keep(6);
    }
    assertEquals(folder.resolve("file.partial"), kept);
    assertArrayEquals(new byte[] {0, 0, 0, 7, 0, 0}, Files.readAllBytes(kept));
    try (FileRestore again = new FileRestore(folder.resolve("file"))) {
      assertEquals(folder.resolve("file.partial.1"), again.keep(0));
    }
  }

  @Test
  void aFileThatAppearedMeanwhileStays() throws IOException {
    Path target = folder.resolve("file");
    try (FileRestore file = new FileRestore(target)) {
      file.write(0, new byte[] {1}, 1);
      Files.writeString(target, "mine");
      assertThrows(FileAlreadyExistsException.class, () -> file.finish(false));
    }
    assertEquals("mine", Files.readString(target));
    assertCount(1);
    try (FileRestore file = new FileRestore(target)) {
      file.write(0, new byte[] {1}, 1);
      file.finish(true);
    }
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(target));
  }

  private void assertCount(int expected) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(expected, files.count());
    }
  }
}
