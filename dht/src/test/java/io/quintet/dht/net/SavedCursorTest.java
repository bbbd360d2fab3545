package io.quintet.dht.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedCursorTest {
  private final Key key = Key.random(new SplittableRandom(4));

  @TempDir private Path directory;
  private SavedCursor cursor;

  @BeforeEach
  void open() {
    cursor = new SavedCursor(directory.resolve("state"), "test-net");
  }

  @Test
  void whatWasSavedIsLoadedByTheNextRunAndTheLastOneCounts() throws IOException {
    cursor.save(Key.random(new SplittableRandom(5)));
    cursor.save(key);
    assertEquals(Optional.of(key), new SavedCursor(directory.resolve("state"), "test-net").load());
    assertEquals(Optional.empty(), new SavedCursor(directory.resolve("state"), "other").load());
    try (var files = Files.list(directory.resolve("state"))) {
      assertEquals(List.of(cursor.file()), files.toList(), "nothing temporary is left");
    }
  }

  @Test
  void aFileThatIsNoKeyMeansABeginningFromTheFirstChunk() throws IOException {
    assertEquals(Optional.empty(), cursor.load());
    for (String text : List.of("", "\n", "zz", key + "0", key + "\n\n", "x".repeat(100_000))) {
      Files.createDirectories(cursor.file().getParent());
      Files.writeString(cursor.file(), text);
      assertEquals(Optional.empty(), cursor.load(), text.length() + " characters");
    }
    cursor.save(key);
    assertEquals(Optional.of(key), cursor.load());
  }

  @Test
  void theSameCursorIsNotWrittenAgain() throws IOException {
    cursor.save(key);
    Files.delete(cursor.file());
    cursor.save(key);
    assertEquals(Optional.empty(), cursor.load());
  }

  @Test
  void aNetworkThatIsNoNameIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SavedCursor(directory, "../x"));
  }
}
