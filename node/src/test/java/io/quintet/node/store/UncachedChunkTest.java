package io.quintet.node.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quintet.dht.id.Key;
import io.quintet.node.store.FaultyVolume.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Chunks that are written past the page cache.
class UncachedChunkTest {
  private static final byte[] BLOB = Blobs.random(7, 300_000);
  private static final Key ID = Blobs.idOf(BLOB);

  @TempDir Path dir;
  private FaultyVolume volume;
  private ChunkStore store;

  @BeforeEach
  void open() throws IOException {
    volume = new FaultyVolume(dir);
    store = DiskChunkStore.open(dir, new StoreLimits(Long.MAX_VALUE, 0), true, volume);
    volume.journal.clear();
  }

  private static Path file(Path dir, Key id) {
    return dir.resolve("chunks").resolve(id.toString().substring(0, 2)).resolve(id.toString());
  }

  private void assumeThatTheDiskCan() throws IOException {
    Path probe = Files.createFile(dir.resolve("probe"));
    try (var channel = new DiskVolume(dir).openDirect(probe)) {
      assumeTrue(channel != null, "the file system of " + dir + " has no writes past its cache");
    }
  }

  /// Writes `blob` in batches of buffers of random lengths.
  private void put(byte[] blob, Random random) throws StoreException {
    try (ChunkWriter writer = store.begin(Blobs.idOf(blob), blob.length, true)) {
      int from = 0;
      while (from < blob.length) {
        List<ByteBuffer> batch = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          int length = Math.min(blob.length - from, random.nextInt(1 << random.nextInt(20)));
          batch.add(ByteBuffer.wrap(blob, from, length));
          from += length;
        }
        writer.write(batch);
      }
      assertEquals(ChunkWriter.Outcome.STORED, writer.commit());
    }
  }

  @Test
  void everyByteIsOnTheDiskHoweverTheyCome() throws Exception {
    Random random = new Random(11);
    for (int size :
        new int[] {0, 1, 4_095, 4_096, 4_097, 327_680, 327_681, ChunkStore.CHUNK_BYTES_MAX}) {
      for (int i = 0; i < 20; i++) {
        byte[] blob = Blobs.random(random.nextLong(), size);
        if (!store.has(Blobs.idOf(blob))) {
          put(blob, random);
        }
        assertArrayEquals(blob, Files.readAllBytes(file(dir, Blobs.idOf(blob))), "" + size);
        assertArrayEquals(blob, Blobs.get(store, Blobs.idOf(blob)), "" + size);
      }
    }
  }

  @Test
  void wholeBlocksBypassTheCacheAndTheFileIsSyncedAfterTheRest() throws Exception {
    assumeThatTheDiskCan();
    try (ChunkWriter writer = store.begin(ID, BLOB.length, true)) {
      writer.write(List.of(ByteBuffer.wrap(BLOB, 0, 5_000), ByteBuffer.wrap(BLOB, 5_000, 5_000)));
      writer.write(List.of(ByteBuffer.wrap(BLOB, 10_000, 290_000)));
      assertEquals(ChunkWriter.Outcome.STORED, writer.commit());
    }
    assertEquals(
        List.of(
            Operation.CREATE,
            Operation.WRITE_DIRECT,
            Operation.WRITE_DIRECT,
            Operation.WRITE,
            Operation.FORCE,
            Operation.MOVE,
            Operation.FORCE_DIRECTORY),
        volume.journal);
    assertArrayEquals(BLOB, Files.readAllBytes(file(dir, ID)));
  }

  @Test
  void aFileSystemThatRefusesOnlyAtTheFirstOrALaterWriteGetsTheOrdinaryOnes() throws Exception {
    assumeThatTheDiskCan();
    for (int refused = 0; refused < 3; refused++) {
      byte[] blob = Blobs.random(refused, 300_001);
      try (ChunkWriter writer = store.begin(Blobs.idOf(blob), blob.length, true)) {
        for (int i = 0; i < 3; i++) {
          if (i == refused) {
            volume.failing = Operation.WRITE_DIRECT;
            volume.reason = "Invalid argument";
          }
          writer.write(List.of(ByteBuffer.wrap(blob, i * 100_000, 100_000)));
        }
        writer.write(List.of(ByteBuffer.wrap(blob, 300_000, 1)));
        assertEquals(ChunkWriter.Outcome.STORED, writer.commit());
      }
      assertArrayEquals(blob, Files.readAllBytes(file(dir, Blobs.idOf(blob))));
      assertEquals(
          refused, Collections.frequency(volume.journal, Operation.WRITE_DIRECT) - 1, "then none");
      volume.failing = null;
      volume.journal.clear();
    }
  }

  @Test
  void aDiskThatDidNotKeepWhatItTookIsFoundOutAtTheFirstRead() throws Exception {
    assumeThatTheDiskCan();
    List<Key> lost = new ArrayList<>();
    store.whenLost(lost::add);
    volume.moved = () -> spoil(file(dir, ID));
    put(BLOB, new Random(3));
    assertTrue(store.has(ID));
    assertTrue(store.open(ID).isEmpty(), "never wrong bytes");
    assertFalse(store.has(ID));
    assertEquals(List.of(ID), lost);
  }

  private static void spoil(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[100_000] ^= 1;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
