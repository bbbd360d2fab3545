package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.manifest.blob.ChunkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChunkTableTest {
  private record Entry(ChunkId id, int generation, long position) {}

  @Test
  void tableHoldsWhatWasAddedWhateverItsSize() {
    for (int size : new int[] {0, 1, 2, 1_023, 1_024, 1_025, 2_048, 5_000}) {
      long seed = 7L * size;
      List<Entry> entries = entries(size, new Random(seed));
      ChunkTable table = table(entries);
      assertEquals(size, table.size());
      for (int i = 0; i < size; i++) {
        String where = "seed " + seed + ", entry " + i;
        Entry entry = entries.get(i);
        assertEquals(entry.id(), table.id(i), where);
        assertEquals(entry.generation(), table.generation(i), where);
        assertEquals(entry.position(), table.position(i), where);
        boolean own = entry.generation() == 0 && entry.position() == i;
        assertEquals(own, table.isOwn(i), where);
      }
    }
  }

  @Test
  void tablesAreEqualWhenEveryEntryIs() {
    List<Entry> entries = entries(3_000, new Random(1));
    ChunkTable table = table(entries);
    assertEquals(table, table(entries));
    assertEquals(table.hashCode(), table(entries).hashCode());
    assertNotEquals(table, table(entries.subList(0, 2_999)));
    List<Entry> otherOrigin = new ArrayList<>(entries);
    otherOrigin.set(2_999, new Entry(entries.get(2_999).id(), 9, 9));
    assertNotEquals(table, table(otherOrigin));
    List<Entry> otherId = new ArrayList<>(entries);
    otherId.set(2_999, new Entry(SampleManifests.id("other"), 9, 9));
    assertNotEquals(table(otherOrigin), table(otherId));
  }

  @Test
  void generationsAndPositionsHaveBounds() {
    ChunkId id = SampleManifests.id("chunk");
    ChunkTable.Builder builder = new ChunkTable.Builder();
    assertRefused("$.chunks[0]", () -> builder.add(id, -1, 0));
    assertRefused("$.chunks[0]", () -> builder.add(id, ChunkTable.GENERATIONS_MAX, 0));
    assertRefused("$.chunks[0]", () -> builder.add(id, 1, -1));
    assertRefused("$.chunks[0]", () -> builder.add(id, 1, Chunks.COUNT_MAX));
    assertRefused("$.chunks[0]", () -> builder.add(id, 1, Long.MAX_VALUE));
    assertEquals(0, builder.size());
    ChunkTable table =
        builder.add(id, ChunkTable.GENERATIONS_MAX - 1, Chunks.COUNT_MAX - 1).build();
    assertEquals(ChunkTable.GENERATIONS_MAX - 1, table.generation(0));
    assertEquals(Chunks.COUNT_MAX - 1, table.position(0));
  }

  @Test
  void repeatedChunkPointsToTheOwnOneBeforeItThatIsEqual() {
    ChunkId one = SampleManifests.id("one");
    ChunkId two = SampleManifests.id("two");
    ChunkTable.Builder builder = new ChunkTable.Builder().add(one).add(two, 1, 1).add(one, 0, 0);
    assertRefused("$.chunks[3]", () -> builder.add(two, 0, 0));
    assertRefused("$.chunks[3]", () -> builder.add(two, 0, 1));
    assertRefused("$.chunks[3]", () -> builder.add(one, 0, 2));
    assertRefused("$.chunks[3]", () -> builder.add(one, 0, 4));
    ChunkTable table = builder.add(one, 0, 0).build();
    assertFalse(table.isOwn(3));
    assertEquals(0, table.position(3));
  }

  @Test
  void builtTableDoesNotChangeAnyMore() {
    ChunkTable.Builder builder = new ChunkTable.Builder().add(SampleManifests.id("one"));
    ChunkTable table = builder.build();
    assertThrows(IllegalStateException.class, () -> builder.add(SampleManifests.id("two")));
    assertEquals(1, table.size());
  }

  @Test
  void indexOutsideTheTableIsRefused() {
    ChunkTable table = new ChunkTable.Builder().add(SampleManifests.id("one")).build();
    assertThrows(IndexOutOfBoundsException.class, () -> table.id(1));
    assertThrows(IndexOutOfBoundsException.class, () -> table.id(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> table.generation(1));
    assertThrows(IndexOutOfBoundsException.class, () -> table.position(1));
  }

  @Test
  void chunkCountsAndLengthsFollowFromTheSize() {
    assertEquals(0, Chunks.count(0));
    assertEquals(1, Chunks.count(1));
    assertEquals(1, Chunks.count(1_048_576));
    assertEquals(2, Chunks.count(1_048_577));
    assertEquals(Chunks.COUNT_MAX, Chunks.count(Chunks.FILE_BYTES_MAX));
    assertEquals(1, Chunks.length(1_048_577, 1));
    assertEquals(1_048_576, Chunks.length(1_048_577, 0));
    assertEquals(1_048_576, Chunks.length(2_097_152, 1));
    assertThrows(IllegalArgumentException.class, () -> Chunks.count(-1));
    assertThrows(IllegalArgumentException.class, () -> Chunks.count(Chunks.FILE_BYTES_MAX + 1));
    assertThrows(IllegalArgumentException.class, () -> Chunks.length(1, 1));
    assertThrows(IllegalArgumentException.class, () -> Chunks.length(0, 0));
    assertThrows(IllegalArgumentException.class, () -> Chunks.length(1, -1));
  }

  private static void assertRefused(String path, Runnable action) {
    InvalidValueException refused = assertThrows(InvalidValueException.class, action::run);
    assertEquals(path, refused.path());
    assertTrue(refused.problem().contains("expected: "), refused.problem());
  }

  private static List<Entry> entries(int size, Random random) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Entry earlier = i == 0 ? null : entries.get(random.nextInt(i));
      if (earlier != null && earlier.generation() == 0 && random.nextInt(50) == 0) {
        entries.add(earlier);
      } else if (random.nextInt(50) == 0) {
        entries.add(
            new Entry(
                SampleManifests.id("chunk " + i),
                1 + random.nextInt(1_023),
                random.nextInt(Chunks.COUNT_MAX)));
      } else {
        entries.add(new Entry(SampleManifests.id("chunk " + i), 0, i));
      }
    }
    return entries;
  }

  private static ChunkTable table(List<Entry> entries) {
    ChunkTable.Builder builder = new ChunkTable.Builder();
    entries.forEach(entry -> builder.add(entry.id(), entry.generation(), entry.position()));
    return builder.build();
  }
}
