package io.quintet.client.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quintet.manifest.Chunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileRestoreTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theFileHasItsNameOnlyWhenItIsFinished() throws IOException {
    Path target = folder.resolve("file");
    try (FileRestore file = new FileRestore(target)) {
      file.write(2, ByteBuffer.wrap(new byte[] {9, 3, 4, 9}, 1, 2));
      file.write(0, ByteBuffer.wrap(new byte[] {1, 2}));
      assertEquals(false, Files.exists(target));
      file.finish(false);
    }
    assertArrayEquals(new byte[] {1, 2, 3, 4}, Files.readAllBytes(target));
    assertCount(1);
  }

  @Test
  void wholeChunksAndTheTailAfterThemAreWhereTheyBelong() throws IOException {
    byte[] bytes = new byte[3 * Chunks.SIZE_BYTES + 12_345];
    new Random(7).nextBytes(bytes);
    Path target = folder.resolve("file");
    try (FileRestore file = new FileRestore(target)) {
      for (int index : new int[] {2, 3, 0, 1}) {
        int from = index * Chunks.SIZE_BYTES;
        int length = Math.min(Chunks.SIZE_BYTES, bytes.length - from);
        file.write(from, ByteBuffer.wrap(bytes, from, length));
      }
      file.finish(false);
    }
    assertArrayEquals(bytes, Files.readAllBytes(target));
  }

  @Test
  void aWholeChunkBetweenTwoBlocksIsWrittenToo() throws IOException {
    byte[] chunk = new byte[Chunks.SIZE_BYTES];
    Arrays.fill(chunk, (byte) 5);
    Path target = folder.resolve("file");
    try (FileRestore file = new FileRestore(target)) {
      file.write(0, ByteBuffer.wrap(chunk));
      file.write(chunk.length + 1L, ByteBuffer.wrap(chunk));
      file.finish(false);
    }
    byte[] read = Files.readAllBytes(target);
    assertEquals(2 * Chunks.SIZE_BYTES + 1, read.length);
    assertEquals(
        List.of(5, 0, 5, 5),
        List.of(
            (int) read[Chunks.SIZE_BYTES - 1], (int) read[Chunks.SIZE_BYTES],
            (int) read[Chunks.SIZE_BYTES + 1], (int) read[read.length - 1]));
  }

  @Test
  void whatRefusesUncachedWritesIsOpenedTheOrdinaryWay() throws IOException {
    assertNull(UncachedWrites.open(folder.resolve("absent"), Chunks.SIZE_BYTES));
    Path file = Files.createFile(folder.resolve("present"));
    try (UncachedWrites writes = UncachedWrites.open(file, Chunks.SIZE_BYTES)) {
      assumeTrue(writes != null, "the file system of " + folder + " has no uncached writes");
      assertTrue(writes.takes(Chunks.SIZE_BYTES, Chunks.SIZE_BYTES));
      assertFalse(writes.takes(1, Chunks.SIZE_BYTES), "not from a block's begin");
      assertFalse(writes.takes(0, 1), "not a whole block");
      assertFalse(writes.takes(0, 2 * Chunks.SIZE_BYTES), "longer than the buffer");
    }
  }

  @Test
  void anUnfinishedFileIsRemoved() throws IOException {
    try (FileRestore file = new FileRestore(folder.resolve("file"))) {
      file.write(0, ByteBuffer.wrap(new byte[] {1}));
      assertCount(1);
    }
    assertCount(0);
  }

  @Test
  void whatIsKeptHasHolesOfZerosAndTheFullLength() throws IOException {
    Path kept;
    try (FileRestore file = new FileRestore(folder.resolve("file"))) {
      file.write(3, ByteBuffer.wrap(new byte[] {7}));
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
      file.write(0, ByteBuffer.wrap(new byte[] {1}));
      Files.writeString(target, "mine");
      assertThrows(FileAlreadyExistsException.class, () -> file.finish(false));
    }
    assertEquals("mine", Files.readString(target));
    assertCount(1);
    try (FileRestore file = new FileRestore(target)) {
      file.write(0, ByteBuffer.wrap(new byte[] {1}));
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
