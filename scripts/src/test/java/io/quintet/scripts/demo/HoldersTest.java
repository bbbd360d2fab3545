package io.quintet.scripts.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldersTest {
  @Test
  void countsChunksOfNodesAndCopiesThatAreLeft(@TempDir Path dir) throws IOException {
    Path receipt =
        Files.writeString(
            dir.resolve("r"), "{\"c1\":[\"a\",\"b\"],\"c2\":[\"b\",\"c\"],\"c3\":[\"a\",\"c\"]}");
    Holders holders = Holders.read(receipt);
    assertEquals(2, holders.chunksOf("a"));
    assertEquals(0, holders.chunksOf("d"));
    assertEquals(Map.of(1, 2, 2, 1), holders.copiesLeft(Set.of("a")));
    assertEquals(Map.of(0, 1, 1, 2), holders.copiesLeft(Set.of("a", "b")));
    assertEquals(List.of("c1", "c2", "c3"), List.copyOf(holders.byChunk().keySet()));
  }
}
