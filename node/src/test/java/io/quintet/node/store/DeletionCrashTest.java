package io.quintet.node.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.fault.Failpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A deletion that is cut off at each of its steps, and the files that a node leaves behind.
final class DeletionCrashTest {
  private static final StoreLimits ALL = new StoreLimits(Long.MAX_VALUE, 0);

  @TempDir private Path directory;

  private final byte[] blob = Blobs.deletable(1, 5_000, Blobs.secret(1));
  private final Key id = Blobs.idOf(blob);
  private final Tombstone tombstone = new Tombstone(id, Blobs.secret(1));

  @AfterEach
  void watchNoMore() {
    Failpoint.watch(null);
  }

  private DiskChunkStore open() throws IOException {
    return DiskChunkStore.open(directory, ALL, false);
  }

  private Path file() {
    return new Layout(directory).fileOf(id);
  }

  @ParameterizedTest
  @EnumSource(
      value = Failpoint.class,
      names = {
        "DELETE_SECRET_COMPARED",
        "DELETE_TOMBSTONE_SYNCED",
        "DELETE_FILE_REMOVED",
        "DELETE_DIRECTORY_SYNCED"
      })
  void aDeletionThatIsCutOffIsFinishedOrNeverHappened(Failpoint step) throws Exception {
    try (DiskChunkStore store = open()) {
      Blobs.put(store, blob);
      Failpoint.watch(passed -> {
        if (passed == step) {
          throw new IOException("the process ended after " + step);
        }
      });
      assertThrows(StoreException.class, () -> store.bury(tombstone));
      Failpoint.watch(null);
    }
    // A power cut may bring back a file whose removal was not synced.
    boolean begun = step != Failpoint.DELETE_SECRET_COMPARED;
    if (begun) {
      Files.write(file(), blob);
    }
    try (DiskChunkStore store = open()) {
      assertEquals(!begun, store.has(id));
      assertEquals(!begun, Files.exists(file()));
      if (begun) {
        StoreException refused = assertThrows(StoreException.class, () -> Blobs.put(store, blob));
        assertEquals(StoreException.Kind.DELETED, refused.kind());
        assertEquals(Deletion.DELETED_BEFORE, store.bury(tombstone));
      } else {
        assertArrayEquals(blob, Blobs.get(store, id));
        assertEquals(Deletion.DELETED, store.bury(tombstone));
      }
    }
  }

  @Test
  void aReaderThatHasBegunGetsItsBytes() throws Exception {
    try (DiskChunkStore store = open()) {
      Blobs.put(store, blob);
      try (ChunkContent content = store.open(id).orElseThrow()) {
        assertEquals(Deletion.DELETED, store.bury(tombstone));
        FileChannel open = ((ChunkContent.OnDisk) content).file();
        ByteBuffer bytes = ByteBuffer.allocate(blob.length);
        while (bytes.hasRemaining() && open.read(bytes) >= 0) {
          // More of it.
        }
        assertArrayEquals(blob, bytes.array());
      }
      assertTrue(store.open(id).isEmpty());
    }
  }

  @Test
  void anOwnerIsNotRefusedBecauseTheCopyIsDamaged() throws Exception {
    try (DiskChunkStore store = open()) {
      Blobs.put(store, blob);
      byte[] rotten = blob.clone();
      rotten[10] ^= 1;
      Files.write(file(), rotten);
      assertEquals(Deletion.UNKNOWN, store.bury(tombstone));
      assertFalse(store.has(id));
    }
  }

  @Test
  void whoLeavesRemovesWhatItWroteAndNothingElse() throws Exception {
    try (DiskChunkStore store = open()) {
      Blobs.put(store, blob);
      byte[] other = Blobs.deletable(2, 100, Blobs.secret(2));
      Blobs.put(store, other);
      assertEquals(Deletion.DELETED, store.bury(new Tombstone(Blobs.idOf(other), Blobs.secret(2))));
    }
    Layout layout = new Layout(directory);
    Files.write(layout.temporaryOf(id), new byte[3]);
    final Path notes = Files.writeString(layout.chunks().resolve("notes.txt"), "mine");
    final Path namesake =
        Files.writeString(layout.fileOf(Blobs.idOf(new byte[7])), "not the content of this name");
    final Path link =
        Files.createSymbolicLink(layout.quarantineOf(id), layout.chunks().resolve("notes.txt"));
    StoreFiles files = new StoreFiles(directory);
    files.remove();
    assertEquals(2, files.kept());
    assertTrue(Files.exists(notes));
    assertTrue(Files.exists(namesake));
    assertTrue(Files.isSymbolicLink(link));
    assertFalse(Files.exists(file()));
    assertFalse(Files.exists(layout.tombstones()));
    assertFalse(Files.exists(layout.directoryOf(id)));
    Files.delete(notes);
    Files.delete(namesake);
    Files.delete(link);
    files.remove();
    try (var left = Files.list(directory)) {
      assertEquals(0, left.count());
    }
  }
}
