package io.quintet.node.tombstone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.DeleteSecret;
import io.quintet.dht.records.Tombstone;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TombstoneTableTest {
  private static final TombstoneLimits LIMITS = new TombstoneLimits(5_000, 300);

  @TempDir private Path directory;
  private boolean broken;
  private int forces;

  private final Durability durability =
      new Durability() {
        @Override
        public void force(FileChannel file) throws IOException {
          forces++;
          if (broken) {
            throw new IOException("Input/output error");
          }
          assertTrue(file.isOpen());
        }

        @Override
        public void forceDirectory(Path names) {
          assertEquals(directory, names);
        }
      };

  private TombstoneTable open() throws IOException {
    return TombstoneTable.open(directory.resolve("tombstones"), LIMITS, durability);
  }

  private static Tombstone tombstone(long id, int secret) {
    byte[] bytes = new byte[DeleteSecret.BYTES];
    bytes[0] = (byte) secret;
    bytes[1] = (byte) (secret >> 8);
    return new Tombstone(Key.random(new Random(id)), DeleteSecret.of(bytes));
  }

  @Test
  void everythingIsThereAgainAfterARestart() throws Exception {
    List<Tombstone> held = new ArrayList<>();
    try (TombstoneTable table = open()) {
      for (int i = 0; i < 3_000; i++) {
        held.add(tombstone(i, i));
        table.hold(held.getLast());
      }
      table.keep(List.of(tombstone(9_999, 1), tombstone(9_999, 1)), "10.0.0.1");
      table.keep(List.of(tombstone(9_999, 2)), "10.0.0.2");
    }
    try (TombstoneTable table = open()) {
      assertEquals(3_000, table.heldCount());
      assertEquals(2, table.foreignCount());
      for (Tombstone each : held) {
        assertTrue(table.mayKnow(each.id()));
        assertEquals(List.of(each), table.of(each.id()));
      }
      assertEquals(2, table.of(tombstone(9_999, 0).id()).size());
      assertTrue(table.held(tombstone(9_999, 0).id()).isEmpty());
      assertFalse(table.mayKnow(tombstone(8_888, 0).id()));
      List<Tombstone> paged = new ArrayList<>();
      for (int at = 0; at >= 0; ) {
        Tombstones.Page page = table.page(at, 700);
        paged.addAll(page.tombstones());
        at = page.next();
      }
      assertEquals(3_000, paged.size());
    }
  }

  @Test
  void nothingIsHeldBeforeItIsSyncedAndNothingAfterASyncThatFailed() throws Exception {
    try (TombstoneTable table = open()) {
      int before = forces;
      table.hold(tombstone(1, 1));
      assertEquals(before + 1, forces);
      broken = true;
      assertThrows(IOException.class, () -> table.hold(tombstone(2, 2)));
      broken = false;
      assertTrue(table.isBroken());
      assertThrows(IOException.class, () -> table.hold(tombstone(2, 2)));
      assertThrows(IOException.class, () -> table.hold(tombstone(3, 3)));
    }
  }

  @Test
  void aTornSlotIsFreeAndTheOthersStay() throws Exception {
    Path file = directory.resolve("tombstones");
    try (TombstoneTable table = open()) {
      table.hold(tombstone(1, 1));
      table.hold(tombstone(2, 2));
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[2 * Slot.BYTES + 40] ^= 1;
    Files.write(file, bytes);
    try (TombstoneTable table = open()) {
      assertEquals(1, table.heldCount());
      assertEquals(List.of(tombstone(1, 1)), table.of(tombstone(1, 0).id()));
      table.hold(tombstone(2, 2));
    }
    try (TombstoneTable table = open()) {
      assertEquals(2, table.heldCount());
    }
  }

  @Test
  void aFileOfSomebodyElseIsNotTouched() throws Exception {
    Path file = directory.resolve("tombstones");
    byte[] foreign =
        "a file that is longer than a header of eighty bytes "
            .repeat(3)
            .getBytes(StandardCharsets.UTF_8);
    Files.write(file, foreign);
    assertThrows(IOException.class, this::open);
    assertEquals(new String(foreign, StandardCharsets.UTF_8), Files.readString(file));
    Files.delete(file);
    Path target = Files.write(directory.resolve("elsewhere"), foreign);
    Files.createSymbolicLink(file, target);
    assertThrows(IOException.class, this::open);
    assertEquals(new String(foreign, StandardCharsets.UTF_8), Files.readString(target));
  }

  @Test
  void aStrangerPushesOutOnlyItsOwn() throws Exception {
    try (TombstoneTable table = open()) {
      table.keep(List.of(tombstone(1, 1), tombstone(2, 2)), "10.0.0.1");
      for (int i = 0; i < 20; i++) {
        List<Tombstone> flood = new ArrayList<>();
        for (int k = 0; k < 100; k++) {
          flood.add(tombstone(1_000 + 100 * i + k, 1));
        }
        table.keep(flood, "10.6.6.6");
      }
      assertEquals(LIMITS.foreignMax(), table.foreignCount());
      assertEquals(List.of(tombstone(1, 1)), table.of(tombstone(1, 0).id()));
      assertEquals(List.of(tombstone(2, 2)), table.of(tombstone(2, 0).id()));
      assertFalse(table.mayKnow(tombstone(1_000, 0).id()), "the oldest of the flood went first");
    }
  }

  @Test
  void oneSourceHasOneTombstoneOfAChunkAndAChunkHasFew() throws Exception {
    try (TombstoneTable table = open()) {
      for (int i = 0; i < 9; i++) {
        table.keep(List.of(tombstone(1, i)), "10.0.0.1");
      }
      assertEquals(List.of(tombstone(1, 8)), table.of(tombstone(1, 0).id()));
      for (int i = 0; i < 50; i++) {
        table.keep(List.of(tombstone(1, 100 + i)), "10.0.1." + i);
      }
      assertEquals(Tombstones.PER_CHUNK_MAX, table.of(tombstone(1, 0).id()).size());
      table.hold(tombstone(1, 77));
      assertEquals(List.of(tombstone(1, 77)), table.of(tombstone(1, 0).id()));
      assertEquals(0, table.foreignCount());
      table.keep(List.of(tombstone(1, 78)), "10.0.0.9");
      assertEquals(0, table.foreignCount());
    }
  }

  @Test
  void beyondTheBoundNothingIsHeldAndNothingIsForgotten() throws Exception {
    TombstoneLimits few = new TombstoneLimits(3, 1);
    try (TombstoneTable table =
        TombstoneTable.open(directory.resolve("tombstones"), few, durability)) {
      for (int i = 0; i < 3; i++) {
        table.hold(tombstone(i, i));
      }
      IOException full = assertThrows(IOException.class, () -> table.hold(tombstone(3, 3)));
      assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full::toString);
      table.hold(tombstone(0, 0));
      assertEquals(3, table.heldCount());
    }
  }

  @Test
  void theIndexAgreesWithAMapWhateverIsAddedAndRemoved() {
    long seed = 42;
    Random random = new Random(seed);
    SlotIndex index = new SlotIndex(seed);
    TreeMap<Integer, Key> expected = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      int slot = random.nextInt(3_000);
      Key known = expected.remove(slot);
      if (known == null) {
        Key id = Key.random(new Random(random.nextInt(500)));
        expected.put(slot, id);
        index.add(id, slot);
      } else {
        index.remove(known, slot);
      }
    }
    for (int slot = 0; slot < 3_000; slot++) {
      Key id = expected.get(slot);
      int wanted = slot;
      for (int k = 0; k < 500; k += 50) {
        Key probe = Key.random(new Random(k));
        boolean found = index.any(probe, at -> at == wanted);
        assertEquals(id != null && probe.equals(id), found, "seed " + seed + ", slot " + slot);
      }
      assertTrue(id == null || index.any(id, at -> at == wanted), "seed " + seed);
    }
  }
}
