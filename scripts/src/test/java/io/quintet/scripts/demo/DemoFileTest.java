package io.quintet.scripts.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFileTest {
  private static final int MIB = 1 << 20;

  @TempDir Path dir;

  private Path javaHome(int... sizes) throws IOException {
    Path home = Files.createDirectories(dir.resolve("jdk"));
    for (int i = 0; i < sizes.length; i++) {
      byte[] content = new byte[sizes[i]];
      Arrays.fill(content, (byte) ('a' + i));
      Files.write(home.resolve("part" + i), content);
    }
    return home;
  }

  @Test
  void askedSizeIsMadeExactlyFromTheLargestFileFirst() throws IOException {
    DemoFile file = DemoFile.of(javaHome(MIB / 2, MIB, 10), dir, 1);
    assertEquals(MIB, file.size());
    assertEquals(MIB, Files.size(file.path()));
    assertEquals("the beginning of the JDK's own part1", file.origin());
    byte[] expected = new byte[MIB];
    Arrays.fill(expected, (byte) 'b');
    assertArrayEquals(expected, Files.readAllBytes(file.path()));
  }

  @Test
  void smallFilesAreJoinedAndIfNeedBeRepeated() throws IOException {
    DemoFile file = DemoFile.of(javaHome(MIB / 2, MIB), dir, 2);
    assertEquals(2 * MIB, Files.size(file.path()));
    assertEquals("the JDK's own part1 and 2 more of its files, joined", file.origin());
  }

  @Test
  void thisJdkHasEnoughForThePromise() throws IOException {
    DemoFile file = DemoFile.of(Path.of(System.getProperty("java.home")), dir, null);
    assertTrue(file.size() >= 200_000_000L, file.toString());
    assertEquals(file.size(), Files.size(file.path()));
  }

  @Test
  void emptyHomeIsAnErrorAndNotAnEndlessLoop() throws IOException {
    Path home = javaHome(0);
    assertThrows(IOException.class, () -> DemoFile.of(home, dir, 1));
  }
}
