package io.quintet.node.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.fault.Failpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every step of the store, with a kill, an error and a delay at each pass: what was acknowledged
/// is there after a restart, what was deleted is not.
///
/// What a kill at a step leaves is what the directory holds at that moment, so a copy of it is
/// taken there and then and opened as after a crash.
class StoreFailpointsTest {
  private static final StoreLimits UNLIMITED = new StoreLimits(Long.MAX_VALUE, 0);
  private static final int BLOBS = 4;

  @TempDir Path onDisk;
  private Path dir = Path.of("unset");

  /// What the store said so far.
  private static final class Word {
    final Map<Key, byte[]> stored = new TreeMap<>();
    final Set<Key> deleted = new TreeSet<>();

    Word copy() {
      Word copy = new Word();
      copy.stored.putAll(stored);
      copy.deleted.addAll(deleted);
      return copy;
    }
  }

  static Stream<Failpoint> steps() {
    return Arrays.stream(Failpoint.values())
        .filter(step ->
            Stream.of("PUT_", "DELETE_", "QUARANTINE_", "RECOVERY_")
                .anyMatch(step.name()::startsWith))
        // Not the store's: the service withdraws.
        .filter(step -> step != Failpoint.DELETE_WITHDRAWN);
  }

  /// In memory where that is possible: thousands of syncs are asked for here, and none is tested.
  @BeforeEach
  void chooseDirectory() throws IOException {
    Path memory = Path.of("/dev/shm");
    dir = Files.isWritable(memory) ? Files.createTempDirectory(memory, "steps") : onDisk;
  }

  @AfterEach
  void endProbe() throws IOException {
    Failpoint.watch(null);
    if (!dir.equals(onDisk)) {
      try (Stream<Path> all = Files.walk(dir)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /// Two lives of a store in which every step happens; `word` follows what it says.
  private static void live(Path at, Word word) throws IOException {
    for (int life = 0; life < 2; life++) {
      DiskChunkStore store;
      try {
        store = DiskChunkStore.open(at, UNLIMITED, false);
      } catch (IOException | UncheckedIOException e) {
        // The node does not start; the next life may.
        continue;
      }
      for (int i = 0; i < BLOBS; i++) {
        int number = 10 * life + i;
        attempt(() -> put(store, number, word));
      }
      int first = 10 * life;
      attempt(() -> delete(store, first, word));
      attempt(() -> damage(at, store, first + 1, word));
      store.close();
    }
  }

  /// A store that died in the middle of a deletion and of an upload.
  private Path crashed(String name) throws IOException {
    Path at = Files.createDirectory(dir.resolve(name));
    leaveTracesOfACrash(at);
    return at;
  }

  private static void leaveTracesOfACrash(Path at) throws IOException {
    DiskChunkStore store = DiskChunkStore.open(at, UNLIMITED, true);
    byte[] blob = Blobs.deletable(77, 500, Blobs.secret(77));
    Key id = Blobs.idOf(blob);
    try {
      Blobs.put(store, blob);
      byte[] file = Files.readAllBytes(file(at, id));
      store.bury(new Tombstone(id, Blobs.secret(77)));
      // As if the process had died between the tombstone and the removal, and in an upload.
      Files.write(file(at, id), file);
    } catch (StoreException e) {
      throw new IOException(e);
    }
    store.close();
    Files.write(file(at, id).resolveSibling("." + id + ".3.tmp"), new byte[3]);
  }

  private interface Attempt {
    void run() throws Exception;
  }

  /// A step that fails is answered with a failure, never with an error of another kind.
  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (StoreException | IOException e) {
      assertTrue(e.getMessage() != null, "a failure says what failed");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void put(DiskChunkStore store, int number, Word word) throws Exception {
    byte[] blob = Blobs.deletable(number, 400 + number, Blobs.secret(number));
    Blobs.put(store, blob);
    word.stored.put(Blobs.idOf(blob), blob);
  }

  private static void delete(DiskChunkStore store, int number, Word word) throws Exception {
    byte[] blob = Blobs.deletable(number, 400 + number, Blobs.secret(number));
    Key id = Blobs.idOf(blob);
    // From here on either is right, until the store has said which.
    word.stored.remove(id);
    if (store.bury(new Tombstone(id, Blobs.secret(number))) == Deletion.DELETED) {
      word.deleted.add(id);
    }
  }

  private static void damage(Path at, DiskChunkStore store, int number, Word word)
      throws Exception {
    byte[] blob = Blobs.deletable(number, 400 + number, Blobs.secret(number));
    Key id = Blobs.idOf(blob);
    if (word.stored.remove(id) != null) {
      blob[300] ^= 1;
      Files.write(file(at, id), blob);
      assertTrue(store.open(id).isEmpty());
    }
  }

  private static Path file(Path at, Key id) {
    String name = id.toString();
    return at.resolve("chunks").resolve(name.substring(0, 2)).resolve(name);
  }

  private static void keepsItsWord(Path at, Word word) throws Exception {
    Failpoint.watch(null);
    try (DiskChunkStore store = DiskChunkStore.open(at, UNLIMITED, false)) {
      for (Map.Entry<Key, byte[]> entry : word.stored.entrySet()) {
        assertArrayEquals(entry.getValue(), Blobs.get(store, entry.getKey()));
      }
      for (Key id : word.deleted) {
        assertFalse(store.has(id), "a deleted chunk is back");
        assertFalse(Files.exists(file(at, id)));
      }
      byte[] fresh = Blobs.random(99, 99);
      assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, fresh));
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aKillAtAnyPassOfAStepLosesNothing(Failpoint killed) throws Exception {
    Word word = new Word();
    List<Path> leftovers = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    Path at = crashed("store");
    Failpoint.watch(step -> {
      if (step == killed) {
        Path copy = dir.resolve("at-" + leftovers.size());
        copyTree(at, copy);
        leftovers.add(copy);
        words.add(word.copy());
      }
    });
    live(at, word);
    assertFalse(leftovers.isEmpty(), "the step is reached");
    for (int i = 0; i < leftovers.size(); i += Math.max(1, leftovers.size() / 3)) {
      keepsItsWord(leftovers.get(i), words.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void anErrorAtAnyPassOfAStepLosesNothing(Failpoint failing) throws Exception {
    AtomicInteger passes = new AtomicInteger();
    Path counted = crashed("count");
    Failpoint.watch(step -> passes.addAndGet(step == failing ? 1 : 0));
    live(counted, new Word());
    int all = passes.get();
    assertTrue(all > 0, "the step is reached");
    for (int pass = 1; pass <= all; pass += Math.max(1, all / 3)) {
      Path at = crashed("error-" + pass);
      AtomicInteger left = new AtomicInteger(pass);
      Failpoint.watch(step -> {
        if (step == failing && left.decrementAndGet() == 0) {
          throw new IOException("failpoint");
        }
      });
      Word word = new Word();
      live(at, word);
      keepsItsWord(at, word);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void whoWaitsAtAStepIsOvertakenByOthersWithoutHarm(Failpoint slow) throws Exception {
    Path at = crashed("store");
    Word overtaking = new Word();
    AtomicBoolean waited = new AtomicBoolean();
    Failpoint.watch(step -> {
      if (step == slow && waited.compareAndSet(false, true)) {
        waitForOther(overtaking);
      }
    });
    Word first = new Word();
    live(at, first);
    assertTrue(waited.get(), "the step is reached");
    assertEquals(BLOBS, overtaking.stored.size());
    keepsItsWord(at, first);
  }

  /// Another store has time to do its work meanwhile: steps hold nothing that others need.
  private void waitForOther(Word word) throws IOException {
    Path other = Files.createDirectory(dir.resolve("other"));
    DiskChunkStore store = DiskChunkStore.open(other, UNLIMITED, false);
    for (int i = 0; i < BLOBS; i++) {
      int number = i;
      attempt(() -> put(store, number, word));
    }
    store.close();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
