package io.quintet.node.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every [ChunkStore] promises; each implementation runs it.
abstract class ChunkStoreContract {
  /// A fresh, empty store that keeps at most `capacityBytes`.
  abstract ChunkStore create(long capacityBytes) throws Exception;

  @Test
  void theHeaderSaysHowManyReplicasAreWanted() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] seven = Blobs.deletable(3, 50_000, Blobs.secret(1));
    seven[4] = 7;
    byte[] plain = Blobs.random(4, 20);
    assertEquals(OptionalInt.empty(), store.replicas(Blobs.idOf(seven)));
    Blobs.put(store, seven);
    Blobs.put(store, plain);
    assertEquals(OptionalInt.of(7), store.replicas(Blobs.idOf(seven)));
    assertEquals(OptionalInt.of(5), store.replicas(Blobs.idOf(plain)));
    assertEquals(50_020, store.usage().bytes());
    assertEquals(
        50_000,
        store.list(null, 2).stream()
            .filter(entry -> entry.id().equals(Blobs.idOf(seven)))
            .findFirst()
            .orElseThrow()
            .sizeBytes());
    assertTrue(store.delete(Blobs.idOf(seven)));
    assertEquals(OptionalInt.empty(), store.replicas(Blobs.idOf(seven)));
    assertEquals(20, store.usage().bytes());
  }

  @Test
  void aCommittedChunkIsReadBackByteForByte() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    for (int size : new int[] {0, 1, 65_537, ChunkStore.CHUNK_BYTES_MAX}) {
      byte[] blob = Blobs.random(size, size);
      assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, blob));
      assertTrue(store.has(Blobs.idOf(blob)));
      assertTrue(store.confirm(Blobs.idOf(blob)));
      assertArrayEquals(blob, Blobs.get(store, Blobs.idOf(blob)));
    }
    assertEquals(4, store.usage().chunks());
    assertEquals(1 + 65_537 + ChunkStore.CHUNK_BYTES_MAX, store.usage().bytes());
  }

  @Test
  void whatIsNotStoredIsNotThere() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Key id = Blobs.idOf(Blobs.random(1, 10));
    assertFalse(store.has(id));
    assertFalse(store.confirm(id));
    assertTrue(store.open(id).isEmpty());
    assertFalse(store.delete(id));
  }

  @Test
  void bytesOfAnotherIdAreRefusedAndLeaveNothing() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Key id = Blobs.idOf(Blobs.random(1, 100));
    try (ChunkWriter writer = store.begin(id, 100, false)) {
      writer.write(List.of(ByteBuffer.wrap(Blobs.random(2, 100))));
      StoreException refused = assertThrows(StoreException.class, writer::commit);
      assertEquals(StoreException.Kind.HASH_DIFFERS, refused.kind());
    }
    assertFalse(store.has(id));
    assertEquals(0, store.usage().chunks());
  }

  @Test
  void moreOrFewerBytesThanAnnouncedAreRefused() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] blob = Blobs.random(1, 100);
    try (ChunkWriter writer = store.begin(Blobs.idOf(blob), 99, false)) {
      StoreException refused =
          assertThrows(StoreException.class, () -> writer.write(List.of(ByteBuffer.wrap(blob))));
      assertEquals(StoreException.Kind.SIZE_DIFFERS, refused.kind());
    }
    try (ChunkWriter writer = store.begin(Blobs.idOf(blob), 101, false)) {
      writer.write(List.of(ByteBuffer.wrap(blob)));
      StoreException refused = assertThrows(StoreException.class, writer::commit);
      assertEquals(StoreException.Kind.SIZE_DIFFERS, refused.kind());
    }
    for (int size : new int[] {-1, ChunkStore.CHUNK_BYTES_MAX + 1}) {
      assertThrows(StoreException.class, () -> store.begin(Blobs.idOf(blob), size, false));
    }
  }

  @Test
  void uploadsInFlightCountAgainstTheCapacity() throws Exception {
    ChunkStore store = create(250);
    byte[] first = Blobs.random(1, 100);
    byte[] second = Blobs.random(2, 100);
    byte[] third = Blobs.random(3, 100);
    Blobs.put(store, first);
    ChunkWriter open = store.begin(Blobs.idOf(second), second.length, false);
    StoreException refused =
        assertThrows(
            StoreException.class, () -> store.begin(Blobs.idOf(third), third.length, false));
    assertEquals(StoreException.Kind.NO_ROOM, refused.kind());
    assertEquals(50, store.usage().freeBytes());
    open.close();
    open.close();
    assertEquals(150, store.usage().freeBytes());
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, third));
  }

  @Test
  void twoWritersOfOneChunkAreBothFineAndItCountsOnce() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] blob = Blobs.random(5, 1_000);
    int writers = 8;
    CyclicBarrier together = new CyclicBarrier(writers);
    List<ChunkWriter.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<ChunkWriter.Outcome>> running = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        running.add(
            threads.submit(() -> {
              try (ChunkWriter writer = store.begin(Blobs.idOf(blob), blob.length, false)) {
                writer.write(List.of(ByteBuffer.wrap(blob)));
                together.await(10, TimeUnit.SECONDS);
                return writer.commit();
              }
            }));
      }
      for (Future<ChunkWriter.Outcome> each : running) {
        outcomes.add(each.get(20, TimeUnit.SECONDS));
      }
    }
    assertEquals(
        1,
        outcomes.stream().filter(ChunkWriter.Outcome.STORED::equals).count(),
        () -> "" + outcomes);
    assertArrayEquals(blob, Blobs.get(store, Blobs.idOf(blob)));
    assertEquals(1, store.usage().chunks());
    assertEquals(1_000, store.usage().bytes());
  }

  @Test
  void theInventoryComesSortedAndInPages() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    TreeSet<Key> expected = new TreeSet<>();
    Random random = new Random(11);
    for (int i = 0; i < 25; i++) {
      byte[] blob = Blobs.random(random.nextInt(), 10);
      Blobs.put(store, blob);
      expected.add(Blobs.idOf(blob));
    }
    List<Key> listed = new ArrayList<>();
    List<ChunkEntry> page = store.list(null, 7);
    while (!page.isEmpty()) {
      assertTrue(page.size() <= 7);
      page.forEach(entry -> listed.add(entry.id()));
      page = store.list(listed.getLast(), 7);
    }
    assertEquals(List.copyOf(expected), listed);
    assertEquals(10, store.list(null, 1).getFirst().sizeBytes());
  }

  @Test
  void aDeletedChunkIsGoneAndItsRoomIsFree() throws Exception {
    ChunkStore store = create(1_000);
    byte[] blob = Blobs.random(1, 1_000);
    Blobs.put(store, blob);
    assertTrue(store.delete(Blobs.idOf(blob)));
    assertTrue(store.open(Blobs.idOf(blob)).isEmpty());
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, blob));
  }

  @Test
  void theRightSecretDeletesForEver() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] blob = Blobs.deletable(1, 1_000, Blobs.secret(1));
    Tombstone tombstone = new Tombstone(Blobs.idOf(blob), Blobs.secret(1));
    Blobs.put(store, blob);
    assertEquals(Deletion.DELETED, store.bury(tombstone));
    assertFalse(store.has(tombstone.id()));
    assertTrue(store.open(tombstone.id()).isEmpty());
    assertEquals(0, store.usage().chunks());
    assertEquals(Deletion.DELETED_BEFORE, store.bury(tombstone));
    StoreException refused = assertThrows(StoreException.class, () -> Blobs.put(store, blob));
    assertEquals(StoreException.Kind.DELETED, refused.kind());
    assertEquals(tombstone, refused.tombstone().orElseThrow());
    assertEquals(Deletion.WRONG_SECRET, store.bury(new Tombstone(tombstone.id(), Blobs.secret(2))));
  }

  @Test
  void aWrongSecretDeletesNothing() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] blob = Blobs.deletable(1, 1_000, Blobs.secret(1));
    Blobs.put(store, blob);
    assertEquals(
        Deletion.WRONG_SECRET, store.bury(new Tombstone(Blobs.idOf(blob), Blobs.secret(2))));
    assertArrayEquals(blob, Blobs.get(store, Blobs.idOf(blob)));
    assertEquals(0, store.tombstones().heldCount());
  }

  @Test
  void nobodyDeletesAChunkWithoutAHeader() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] shortened = Arrays.copyOf(Blobs.deletable(1, 37, Blobs.secret(1)), 36);
    byte[] greedy = Blobs.deletable(1, 100, Blobs.secret(1));
    greedy[4] = 21;
    for (byte[] blob : List.of(shortened, greedy, Blobs.random(1, 100), new byte[0])) {
      Blobs.put(store, blob);
      assertEquals(
          Deletion.NO_CAPABILITY, store.bury(new Tombstone(Blobs.idOf(blob), Blobs.secret(1))));
      assertTrue(store.has(Blobs.idOf(blob)));
    }
  }

  @Test
  void whatWasNeverHereIsUnknown() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    Tombstone tombstone = new Tombstone(Blobs.idOf(Blobs.random(1, 100)), Blobs.secret(1));
    assertEquals(Deletion.UNKNOWN, store.bury(tombstone));
    assertTrue(store.tombstones().of(tombstone.id()).isEmpty());
  }

  @Test
  void aForeignTombstoneCountsOnlyIfItFitsTheChunkThatComesIn() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] mine = Blobs.deletable(1, 1_000, Blobs.secret(1));
    byte[] others = Blobs.deletable(2, 1_000, Blobs.secret(2));
    store.tombstones().keep(List.of(new Tombstone(Blobs.idOf(mine), Blobs.secret(7))), "127.0.0.1");
    store
        .tombstones()
        .keep(List.of(new Tombstone(Blobs.idOf(others), Blobs.secret(2))), "127.0.0.1");
    assertEquals(ChunkWriter.Outcome.STORED, Blobs.put(store, mine));
    StoreException refused = assertThrows(StoreException.class, () -> Blobs.put(store, others));
    assertEquals(StoreException.Kind.DELETED, refused.kind());
    assertFalse(store.has(Blobs.idOf(others)));
    assertEquals(Blobs.secret(2), store.tombstones().held(Blobs.idOf(others)).get().secret());
  }

  @Test
  void anUploadThatWasUnderWayWhenItsChunkWasDeletedIsRefused() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] blob = Blobs.deletable(1, 1_000, Blobs.secret(1));
    ChunkWriter late = store.begin(Blobs.idOf(blob), blob.length, false);
    late.write(List.of(ByteBuffer.wrap(blob)));
    Blobs.put(store, blob);
    assertEquals(Deletion.DELETED, store.bury(new Tombstone(Blobs.idOf(blob), Blobs.secret(1))));
    StoreException refused = assertThrows(StoreException.class, late::commit);
    assertEquals(StoreException.Kind.DELETED, refused.kind());
    assertFalse(store.has(Blobs.idOf(blob)));
  }

  @Test
  void manyDeletionsAndUploadsOfOneChunkEndWithTheDeletion() throws Exception {
    ChunkStore store = create(Long.MAX_VALUE);
    byte[] blob = Blobs.deletable(1, 1_000, Blobs.secret(1));
    Tombstone tombstone = new Tombstone(Blobs.idOf(blob), Blobs.secret(1));
    Blobs.put(store, blob);
    int each = 6;
    CyclicBarrier together = new CyclicBarrier(2 * each);
    try (ExecutorService threads = Executors.newFixedThreadPool(2 * each)) {
      List<Future<Deletion>> deletions = new ArrayList<>();
      List<Future<Object>> uploads = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        deletions.add(
            threads.submit(() -> {
              together.await(10, TimeUnit.SECONDS);
              return store.bury(tombstone);
            }));
        uploads.add(
            threads.submit(() -> {
              together.await(10, TimeUnit.SECONDS);
              try {
                return Blobs.put(store, blob);
              } catch (StoreException e) {
                return e.kind();
              }
            }));
      }
      List<Deletion> outcomes = new ArrayList<>();
      for (Future<Deletion> deletion : deletions) {
        outcomes.add(deletion.get(20, TimeUnit.SECONDS));
      }
      for (Future<Object> upload : uploads) {
        Object outcome = upload.get(20, TimeUnit.SECONDS);
        assertTrue(
            outcome == ChunkWriter.Outcome.PRESENT || outcome == StoreException.Kind.DELETED,
            () -> "" + outcome);
      }
      assertEquals(1, outcomes.stream().filter(Deletion.DELETED::equals).count(), "" + outcomes);
      assertEquals(each - 1, outcomes.stream().filter(Deletion.DELETED_BEFORE::equals).count());
    }
    assertFalse(store.has(tombstone.id()));
  }
}
