package io.quintet.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @Test
  void followsTheXdgSpecification() {
    assertEquals(Path.of("/x/quintet"), StateDirectory.path("/x", "/home/a"));
    Path standard = Path.of("/home/a/.local/state/quintet");
    assertEquals(standard, StateDirectory.path(null, "/home/a"));
    assertEquals(standard, StateDirectory.path("", "/home/a"));
    assertEquals(standard, StateDirectory.path("relative", "/home/a"));
  }

  @Test
  void whatIsMadeIsPrivate(@TempDir Path dir) throws IOException {
    Path made = StateDirectory.create(dir.resolve("a/b"));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
  }
}
