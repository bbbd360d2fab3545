package io.quintet.node.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path dir;

  @Test
  void itIsPrivateAndCountsItsStarts() throws Exception {
    Path data = dir.resolve("a").resolve("b");
    try (DataDirectory home = DataDirectory.open(data)) {
      assertEquals(1, home.boot());
      assertTrue(home.stoppedCleanly(), "there was nobody before");
      assertEquals("rwx------", mode(data));
      assertEquals("rw-------", mode(data.resolve("admin.token")));
      assertEquals("rw-------", mode(data.resolve("lock")));
      assertTrue(Files.readString(data.resolve("admin.token")).matches("[0-9a-f]{64}\n"));
    }
    String token = Files.readString(data.resolve("admin.token"));
    try (DataDirectory home = DataDirectory.open(data)) {
      assertEquals(2, home.boot());
      assertEquals(token, Files.readString(data.resolve("admin.token")));
    }
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void onlyAMarkedStopIsAClean() throws Exception {
    try (DataDirectory first = DataDirectory.open(dir)) {
      first.announce("{}");
      assertTrue(Files.exists(dir.resolve("node.json")));
    }
    try (DataDirectory afterCrash = DataDirectory.open(dir)) {
      assertFalse(afterCrash.stoppedCleanly());
      assertFalse(Files.exists(dir.resolve("node.json")), "nobody can be reached there");
      afterCrash.markClean();
    }
    try (DataDirectory afterStop = DataDirectory.open(dir)) {
      assertTrue(afterStop.stoppedCleanly());
      assertFalse(Files.exists(dir.resolve("clean")), "from now on a crash is a crash");
    }
  }

  @Test
  void aSecondNodeIsTurnedAwayWithoutHarm() throws Exception {
    try (DataDirectory home = DataDirectory.open(dir)) {
      NodeStartException refused =
          assertThrows(NodeStartException.class, () -> DataDirectory.open(dir));
      assertTrue(String.valueOf(refused.getMessage()).contains(dir.toString()));
      assertTrue(refused.advice().contains("--data"));
      assertEquals(1, home.boot());
    }
    DataDirectory.open(dir).close();
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "x");
    assertThrows(NodeStartException.class, () -> DataDirectory.open(file));
    assertEquals("x", Files.readString(file));
  }

  @Test
  void theSystemsReasonIsTold() {
    Path impossible = dir.resolve("n".repeat(300));
    NodeStartException refused =
        assertThrows(NodeStartException.class, () -> DataDirectory.open(impossible));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("File name too long"), refused::toString);
  }

  @Test
  void aDamagedBootCounterIsRefusedNotReset() throws Exception {
    Files.writeString(dir.resolve("boot"), "many\n");
    assertThrows(NodeStartException.class, () -> DataDirectory.open(dir));
  }

  @Test
  void pipesAndLinksInPlaceOfItsFilesAreRefusedAndNotWaitedFor() throws Exception {
    for (String name : new String[] {"lock", "boot", "admin.token"}) {
      Path data = Files.createDirectory(dir.resolve("with-" + name));
      Process mkfifo = new ProcessBuilder("mkfifo", data.resolve(name).toString()).start();
      assertTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0);
      NodeStartException refused =
          assertThrows(NodeStartException.class, () -> DataDirectory.open(data));
      assertTrue(String.valueOf(refused.getMessage()).contains(name), refused::toString);
      assertTrue(Files.exists(data.resolve(name)));
    }
  }
}
