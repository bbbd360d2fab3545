package io.quintet.node.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
    try (ChunkWriter writer = store.begin(id, 100)) {
      writer.write(ByteBuffer.wrap(Blobs.random(2, 100)));
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
    try (ChunkWriter writer = store.begin(Blobs.idOf(blob), 99)) {
      StoreException refused =
          assertThrows(StoreException.class, () -> writer.write(ByteBuffer.wrap(blob)));
      assertEquals(StoreException.Kind.SIZE_DIFFERS, refused.kind());
    }
    try (ChunkWriter writer = store.begin(Blobs.idOf(blob), 101)) {
      writer.write(ByteBuffer.wrap(blob));
      StoreException refused = assertThrows(StoreException.class, writer::commit);
      assertEquals(StoreException.Kind.SIZE_DIFFERS, refused.kind());
    }
    for (int size : new int[] {-1, ChunkStore.CHUNK_BYTES_MAX + 1}) {
      assertThrows(StoreException.class, () -> store.begin(Blobs.idOf(blob), size));
    }
  }

  @Test
  void uploadsInFlightCountAgainstTheCapacity() throws Exception {
    ChunkStore store = create(250);
    byte[] first = Blobs.random(1, 100);
    byte[] second = Blobs.random(2, 100);
    byte[] third = Blobs.random(3, 100);
    Blobs.put(store, first);
    ChunkWriter open = store.begin(Blobs.idOf(second), second.length);
    StoreException refused =
        assertThrows(StoreException.class, () -> store.begin(Blobs.idOf(third), third.length));
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
              try (ChunkWriter writer = store.begin(Blobs.idOf(blob), blob.length)) {
                writer.write(ByteBuffer.wrap(blob));
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
}
