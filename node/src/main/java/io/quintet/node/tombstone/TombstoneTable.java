package io.quintet.node.tombstone;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tombstones of a node in one file, see [Slot]. A held slot is never written again; a foreign
/// one is overwritten when there is no room, and becomes a held one when its chunk was here.
public final class TombstoneTable implements Tombstones, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TombstoneTable.class);
  private static final int SLOTS_AT_A_TIME = 1_024;

  /// Free slots that foreign tombstones leave, so that a full disk does not stop deletions.
  private static final int SLOTS_RESERVED = 512;

  private final SlotFile file;
  private final TombstoneLimits limits;
  private final SlotIndex index;
  private final Sources foreign;
  private final Deque<Integer> free = new ArrayDeque<>();
  private int held;

  private TombstoneTable(SlotFile file, TombstoneLimits limits) {
    this.file = file;
    this.limits = limits;
    this.index = new SlotIndex(file.salt());
    this.foreign = new Sources(file.salt());
  }

  /// Opens the table in `path`, which is made if it is missing.
  ///
  /// @throws IOException when it cannot be read or written, or is something else
  public static TombstoneTable open(Path path, TombstoneLimits limits, Durability durability)
      throws IOException {
    SlotFile file = SlotFile.open(path, durability);
    TombstoneTable table = new TombstoneTable(file, limits);
    boolean loaded = false;
    try {
      table.load();
      loaded = true;
      return table;
    } finally {
      if (!loaded) {
        file.close();
      }
    }
  }

  private synchronized void load() throws IOException {
    for (int first = 0; first < file.slots(); first += SLOTS_AT_A_TIME) {
      int count = Math.min(SLOTS_AT_A_TIME, file.slots() - first);
      byte[] bytes = file.read(first, count);
      for (int i = 0; i < count; i++) {
        Slot slot = Slot.decode(bytes, i * Slot.BYTES);
        if (slot == null) {
          free.add(first + i);
        } else {
          enter(first + i, slot);
        }
      }
    }
    if (free.size() <= SLOTS_RESERVED) {
      tryToGrow();
    }
  }

  @Override
  public synchronized boolean mayKnow(Key id) {
    return index.any(id, slot -> true);
  }

  @Override
  public synchronized Optional<Tombstone> held(Key id) throws IOException {
    return slots(id).stream()
        .map(Found::slot)
        .filter(slot -> slot.kind() == Slot.Kind.HELD)
        .map(Slot::tombstone)
        .findFirst();
  }

  @Override
  public synchronized List<Tombstone> of(Key id) throws IOException {
    Optional<Tombstone> own = held(id);
    return own.isPresent()
        ? List.of(own.get())
        : slots(id).stream().map(found -> found.slot().tombstone()).toList();
  }

  @Override
  public void hold(Tombstone tombstone) throws IOException {
    synchronized (this) {
      if (held(tombstone.id()).isEmpty()) {
        if (held >= limits.heldMax()) {
          throw new IOException(
              "No space left for tombstones: "
                  + held
                  + " (expected: fewer than "
                  + limits.heldMax()
                  + ")");
        }
        List<Found> before = slots(tombstone.id());
        int at = before.isEmpty() ? placeForHeld() : before.getFirst().at;
        write(at, new Slot(Slot.Kind.HELD, 0, tombstone));
        // What others said of this chunk is of no use any more.
        for (Found other : before.subList(Math.min(1, before.size()), before.size())) {
          leave(other.at, other.slot);
          file.write(other.at, ByteBuffer.allocate(Slot.BYTES));
          free.add(other.at);
        }
      }
    }
    file.sync();
  }

  @Override
  public void keep(List<Tombstone> tombstones, String sourceHost) throws IOException {
    int source = foreign.of(sourceHost);
    synchronized (this) {
      for (Tombstone each : tombstones) {
        keep(each, source);
      }
    }
    file.sync();
  }

  private void keep(Tombstone tombstone, int source) throws IOException {
    List<Found> before = slots(tombstone.id());
    if (before.stream()
        .map(Found::slot)
        .anyMatch(slot -> slot.kind() == Slot.Kind.HELD || slot.tombstone().equals(tombstone))) {
      return;
    }
    Slot slot = new Slot(Slot.Kind.FOREIGN, source, tombstone);
    Optional<Found> sameSource =
        before.stream().filter(found -> found.slot.source() == source).findFirst();
    if (sameSource.isPresent()) {
      // Whoever says two things about one chunk is heard with the last one.
      write(sameSource.get().at, slot);
    } else if (before.size() < PER_CHUNK_MAX) {
      int at = placeForForeign();
      if (at >= 0) {
        write(at, slot);
      }
    }
  }

  @Override
  public synchronized Page page(int from, int limit) throws IOException {
    List<Tombstone> page = new ArrayList<>();
    int at = from;
    while (at < file.slots() && page.size() < limit) {
      int count = Math.min(SLOTS_AT_A_TIME, file.slots() - at);
      byte[] bytes = file.read(at, count);
      for (int i = 0; i < count && page.size() < limit; i++, at++) {
        Slot slot = Slot.decode(bytes, i * Slot.BYTES);
        if (slot != null && slot.kind() == Slot.Kind.HELD) {
          page.add(slot.tombstone());
        }
      }
    }
    return new Page(page, at < file.slots() ? at : -1);
  }

  @Override
  public synchronized int heldCount() {
    return held;
  }

  @Override
  public synchronized int foreignCount() {
    return foreign.size();
  }

  /// Whether a sync failed, so that nothing can be held any more.
  public boolean isBroken() {
    return file.isBroken();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private record Found(int at, Slot slot) {}

  private List<Found> slots(Key id) throws IOException {
    List<Found> found = new ArrayList<>();
    try {
      boolean enough =
          index.any(
              id,
              at -> {
                Slot slot = read(at);
                if (slot != null && slot.tombstone().id().equals(id)) {
                  found.add(new Found(at, slot));
                }
                return found.size() >= PER_CHUNK_MAX;
              });
      assert !enough || found.size() == PER_CHUNK_MAX;
      return found;
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private @Nullable Slot read(int at) {
    try {
      return Slot.decode(file.read(at, 1), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(int at, Slot slot) throws IOException {
    Slot before = read(at);
    file.write(at, slot.encode());
    if (before != null) {
      leave(at, before);
    }
    enter(at, slot);
  }

  private void enter(int at, Slot slot) {
    index.add(slot.tombstone().id(), at);
    switch (slot.kind()) {
      case HELD -> held++;
      case FOREIGN -> foreign.add(slot.source(), at);
    }
  }

  private void leave(int at, Slot slot) {
    index.remove(slot.tombstone().id(), at);
    switch (slot.kind()) {
      case HELD -> held--;
      case FOREIGN -> foreign.remove(slot.source(), at);
    }
  }

  /// A free slot, or that of a foreign tombstone where the disk gives no more.
  private int placeForHeld() throws IOException {
    if (free.size() <= SLOTS_RESERVED) {
      tryToGrow();
    }
    Integer at = free.poll();
    if (at != null) {
      return at;
    }
    if (foreign.size() == 0) {
      throw new IOException("No space left for tombstones, and the file cannot grow");
    }
    return foreign.oldestOfLargest();
  }

  /// A free slot or that of another foreign one; -1 when there is none to be had.
  private int placeForForeign() {
    boolean full = foreign.size() >= limits.foreignMax();
    if (!full && free.size() <= SLOTS_RESERVED) {
      tryToGrow();
    }
    if (!full && free.size() > SLOTS_RESERVED) {
      return free.remove();
    }
    return foreign.size() == 0 ? -1 : foreign.oldestOfLargest();
  }

  private void tryToGrow() {
    int first = file.slots();
    try {
      file.grow(SLOTS_AT_A_TIME);
    } catch (IOException e) {
      LOG.warn("the file of tombstones cannot grow; {} slots are free", free.size(), e);
      return;
    }
    for (int at = first; at < file.slots(); at++) {
      free.add(at);
    }
  }
}
