package io.quintet.node.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.quintet.node.store.FaultyVolume.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiskChunkStoreTest extends ChunkStoreContract {
  private static final StoreLimits UNLIMITED = new StoreLimits(Long.MAX_VALUE, 0);
  private static final byte[] BLOB = Blobs.random(42, 300_000);
  private static final Key ID = Blobs.idOf(BLOB);

  @TempDir Path dir;
  private FaultyVolume volume;

  @BeforeEach
  void openVolume() throws IOException {
    volume = new FaultyVolume(dir);
  }

  @Override
  ChunkStore create(long capacityBytes) throws IOException {
    return DiskChunkStore.open(dir, new StoreLimits(capacityBytes, 0), true);
  }

  private ChunkStore faulty() throws IOException {
    ChunkStore store = DiskChunkStore.open(dir, UNLIMITED, true, volume);
    volume.journal.clear();
    return store;
  }

  private ChunkStore reopen(boolean cleanStop) throws IOException {
    return DiskChunkStore.open(dir, UNLIMITED, cleanStop);
  }

  private Path file() {
    return dir.resolve("chunks").resolve(ID.toString().substring(0, 2)).resolve(ID.toString());
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> names = Files.walk(dir.resolve(folder))) {
      return names
          .filter(name -> !Files.isDirectory(name))
          .map(name -> String.valueOf(name.getFileName()))
          .toList();
    }
  }

  @Test
  void theFileIsSyncedThenRenamedThenTheDirectoryIsSynced() throws Exception {
    Blobs.put(faulty(), BLOB);
    assertEquals(
        List.of(
            Operation.CREATE,
            Operation.WRITE,
            Operation.WRITE,
            Operation.FORCE,
            Operation.MOVE,
            Operation.FORCE_DIRECTORY),
        volume.journal);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    assertArrayEquals(BLOB, Files.readAllBytes(file()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"FORCE", "FORCE_DIRECTORY"})
  void aFailedSyncFailsTheRequestAndTheVolumeTakesNothingMore(Operation sync) throws Exception {
    ChunkStore store = faulty();
    byte[] before = Blobs.random(1, 10);
    Blobs.put(store, before);
    volume.failing = sync;
    StoreException failed = assertThrows(StoreException.class, () -> Blobs.put(store, BLOB));
    assertEquals(StoreException.Kind.VOLUME_BAD, failed.kind());
    assertFalse(store.has(ID), "what is not durable is not stored");
    volume.failing = null;
    volume.journal.clear();
    StoreException next = assertThrows(StoreException.class, () -> Blobs.put(store, BLOB));
    assertEquals(StoreException.Kind.VOLUME_BAD, next.kind());
    assertEquals(List.of(), volume.journal, "a failed sync is never retried");
    assertTrue(store.usage().volumeBad());
    assertEquals(0, store.usage().freeBytes());
    assertArrayEquals(before, Blobs.get(store, Blobs.idOf(before)), "reading goes on");
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"CREATE", "WRITE", "MOVE"})
  void aFullDiskIsNoRoomAndLeavesNoTemporary(Operation step) throws Exception {
    ChunkStore store = faulty();
    volume.failing = step;
    volume.reason = "No space left on device";
    StoreException failed = assertThrows(StoreException.class, () -> Blobs.put(store, BLOB));
    assertEquals(StoreException.Kind.NO_ROOM, failed.kind());
    assertEquals(List.of(), names("chunks"));
    volume.failing = null;
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, BLOB), "room again");
  }

  @Test
  void whatWasWrittenOrAskedOnceIsKnownWithoutReadingTheDisk() throws Exception {
    byte[] three = Blobs.deletable(8, 100, Blobs.secret(8));
    three[4] = 3;
    Key id = Blobs.idOf(three);
    Path file = dir.resolve("chunks").resolve(id.toString().substring(0, 2)).resolve(id.toString());
    ChunkStore store = create(Long.MAX_VALUE);
    Blobs.put(store, three);
    ChunkStore again = reopen(true);
    assertEquals(OptionalInt.of(3), again.replicas(id));
    Files.write(file, new byte[100]);
    assertEquals(OptionalInt.of(3), store.replicas(id));
    assertEquals(OptionalInt.of(3), again.replicas(id));
    assertEquals(OptionalInt.of(5), reopen(true).replicas(id), "by what can be read of it");
  }

  @Test
  void theReserveOfTheVolumeIsNotTouched() throws Exception {
    ChunkStore store =
        DiskChunkStore.open(dir, new StoreLimits(Long.MAX_VALUE, 1_000), true, volume);
    volume.usableBytes = 1_000 + 150;
    try (ChunkWriter open = store.begin(ID, 100, false)) {
      assertThrows(StoreException.class, () -> store.begin(ID, 51, false));
      open.write(List.of(ByteBuffer.allocate(1)));
    }
    store.begin(ID, 150, false).close();
    assertEquals(150, store.usage().freeBytes());
  }

  @Test
  void aRestartFindsTheChunksAndRemovesOnlyItsOwnTemporaries() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Blobs.put(store, BLOB);
    ChunkWriter unfinished = store.begin(Blobs.idOf(new byte[1]), 1, false);
    unfinished.write(List.of(ByteBuffer.allocate(1)));
    Path foreign = Files.writeString(file().resolveSibling(".mine.1.tmp"), "keep me");
    assertEquals(3, names("chunks").size());
    ChunkStore again = reopen(false);
    assertArrayEquals(BLOB, Blobs.get(again, ID));
    assertEquals(
        List.of(ID.toString(), ".mine.1.tmp").stream().sorted().toList(),
        names("chunks").stream().sorted().toList());
    assertEquals("keep me", Files.readString(foreign));
  }

  @Test
  void youngFilesAreHashedAfterAnUncleanStopAndWrongOnesPutAside() throws Exception {
    Blobs.put(create(Long.MAX_VALUE), BLOB);
    corrupt();
    assertTrue(reopen(true).has(ID), "a clean stop is trusted until the first read");
    ChunkStore unclean = reopen(false);
    assertFalse(unclean.has(ID));
    assertEquals(1, names("quarantine").size());
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(unclean, BLOB));
  }

  @Test
  void aFileThatIsOlderThanTheYoungestByMinutesIsNotHashedAtStart() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Blobs.put(store, BLOB);
    byte[] young = Blobs.random(9, 9);
    Blobs.put(store, young);
    corrupt();
    Files.setLastModifiedTime(file(), FileTime.from(Instant.now().minusSeconds(600)));
    ChunkStore unclean = reopen(false);
    assertTrue(unclean.has(ID));
    assertTrue(unclean.open(ID).isEmpty(), "but it is hashed before its first byte is read");
    assertFalse(unclean.has(ID));
    assertEquals(1, names("quarantine").size());
  }

  @Test
  void aFileOfTheWrongSizeIsPutAsideWhenItIsAskedFor() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Blobs.put(store, BLOB);
    Files.write(file(), new byte[5]);
    assertTrue(store.open(ID).isEmpty());
    assertFalse(store.has(ID));
    assertEquals(1, names("quarantine").size());
    assertEquals(0, store.usage().bytes());
  }

  @Test
  void aFileThatVanishedIsForgottenAndCanBeStoredAgain() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Blobs.put(store, BLOB);
    Files.delete(file());
    assertFalse(store.confirm(ID));
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, BLOB));
  }

  @Test
  void foreignEntriesAreNeitherFollowedNorOpenedNorDeleted() throws Exception {
    create(Long.MAX_VALUE).close();
    Path prefix = dir.resolve("chunks").resolve(ID.toString().substring(0, 2));
    Path secret = Files.writeString(dir.resolve("secret"), "not a chunk");
    Path link = Files.createSymbolicLink(file(), secret);
    Path loop = Files.createSymbolicLink(prefix.resolve("loop"), prefix);
    Path pipe = prefix.resolve("0".repeat(64));
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0);
    Path misplaced =
        Files.write(dir.resolve("chunks").resolve(other(prefix)).resolve(ID.toString()), BLOB);
    Path top = Files.writeString(dir.resolve("chunks").resolve("notes.txt"), "mine");
    ChunkStore store = reopen(false);
    assertEquals(0, store.usage().chunks());
    assertTrue(store.open(ID).isEmpty());
    for (Path entry : List.of(secret, link, loop, pipe, misplaced, top)) {
      assertTrue(Files.exists(entry, LinkOption.NOFOLLOW_LINKS), entry::toString);
    }
  }

  @Test
  void aLinkInPlaceOfADirectoryIsRefusedAtStart() throws Exception {
    Files.createDirectory(dir.resolve("elsewhere"));
    Files.createSymbolicLink(dir.resolve("chunks"), dir.resolve("elsewhere"));
    assertThrows(IOException.class, () -> reopen(true));
  }

  @Test
  void aChunkThatRotsAfterItWasReadIsPutAsideAtTheNextReadAndReported() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    List<Key> lost = new ArrayList<>();
    store.whenLost(lost::add);
    Blobs.put(store, BLOB);
    assertArrayEquals(BLOB, Blobs.get(store, ID));
    FileTime before = Files.getLastModifiedTime(file());
    corrupt();
    Files.setLastModifiedTime(file(), before);
    assertTrue(store.open(ID).isEmpty(), "never wrong bytes");
    assertEquals(List.of(ID), lost);
    assertEquals(1, names("quarantine").size());
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, BLOB), "healed");
  }

  @Test
  void aRottenCopyIsNotConfirmedToWhoPutsTheChunkAgain() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Blobs.put(store, BLOB);
    corrupt();
    assertFalse(store.confirm(ID));
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, BLOB));
  }

  @Test
  void aCheckReadsTheDiskAndTellsRightWrongAndAbsent() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    for (int size : new int[] {0, 1, 4_096, 300_000, ChunkStore.CHUNK_BYTES_MAX}) {
      byte[] blob = Blobs.random(size, size);
      Blobs.put(store, blob);
      assertEquals(ChunkStore.Verdict.RIGHT, store.verify(Blobs.idOf(blob)), "" + size);
    }
    Blobs.put(store, BLOB);
    corrupt();
    assertEquals(ChunkStore.Verdict.WRONG, store.verify(ID));
    assertEquals(ChunkStore.Verdict.ABSENT, store.verify(ID));
  }

  @Test
  void aStoreWhoseDirectoryIsGoneForgetsNothingAndTakesNothing() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    List<Key> lost = new ArrayList<>();
    store.whenLost(lost::add);
    Blobs.put(store, BLOB);
    // What unmounting a disk looks like: the path leads to another, empty directory.
    Files.move(dir.resolve("chunks"), dir.resolve("elsewhere"));
    Files.createDirectory(dir.resolve("chunks"));
    for (int attempt = 0; attempt < 2; attempt++) {
      StoreException read = assertThrows(StoreException.class, () -> store.open(ID));
      assertEquals(StoreException.Kind.VOLUME_BAD, read.kind());
      assertThrows(StoreException.class, () -> store.verify(ID));
    }
    assertThrows(StoreException.class, () -> Blobs.put(store, Blobs.random(3, 3)));
    assertTrue(store.has(ID));
    assertEquals(List.of(), lost);
    assertTrue(store.usage().volumeBad());
  }

  @Test
  void whatSomebodyPutAtAChunksPlaceIsKeptWhenTheChunkComes() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Path secret = Files.writeString(dir.resolve("secret"), "not a chunk");
    Files.createSymbolicLink(file(), secret);
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, BLOB));
    assertArrayEquals(BLOB, Files.readAllBytes(file()));
    assertEquals("not a chunk", Files.readString(secret));
    assertEquals(1, names("quarantine").size());
    Files.delete(file());
    Files.createSymbolicLink(file(), secret);
    assertTrue(store.open(ID).isEmpty(), "a link is not followed");
    assertEquals(2, names("quarantine").size());
  }

  @Test
  void namesThatAKilledProcessLeftAreMadeDurableAtTheNextStart() throws Exception {
    Blobs.put(create(Long.MAX_VALUE), BLOB);
    DiskChunkStore.open(dir, UNLIMITED, true, volume);
    long clean = volume.journal.stream().filter(Operation.FORCE_DIRECTORY::equals).count();
    volume.journal.clear();
    DiskChunkStore.open(dir, UNLIMITED, false, volume);
    long unclean = volume.journal.stream().filter(Operation.FORCE_DIRECTORY::equals).count();
    assertTrue(unclean > clean, () -> unclean + " syncs, after a clean stop " + clean);
  }

  @Test
  void aDeletionIsSyncedBeforeItIsAcknowledged() throws Exception {
    ChunkStore store = faulty();
    Blobs.put(store, BLOB);
    volume.journal.clear();
    assertTrue(store.delete(ID));
    assertEquals(List.of(Operation.FORCE_DIRECTORY), volume.journal);
  }

  private static String other(Path prefix) {
    return prefix.endsWith("00") ? "01" : "00";
  }

  private void corrupt() throws IOException {
    byte[] wrong = BLOB.clone();
    wrong[1_000] ^= 1;
    Files.write(file(), wrong);
  }
}
