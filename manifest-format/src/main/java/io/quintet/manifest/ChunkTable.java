package io.quintet.manifest;

import io.quintet.manifest.blob.ChunkId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The chunks of a file in order: for each the id of its blob, and which generation made the blob
/// at which position, which together name its key and its delete secret.
///
/// Immutable and safe to share. Packed into pages of primitive arrays: 32 bytes per chunk, and 8
/// more on pages where a chunk is not this upload's own, so a million chunks need 32 to 40 MB. At
/// most one page is partly empty, and none is ever copied to grow.
public final class ChunkTable {
  /// The most generations that entries can refer to.
  public static final int GENERATIONS_MAX = 1 << 10;

  private static final int PAGE_BITS = 10;
  private static final int PAGE_ENTRIES = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE_ENTRIES - 1;

  // An origin is generation << 32 | position. A page without origins holds only own chunks.
  private final List<byte[]> ids;
  private final List<long @Nullable []> origins;
  private final int size;
  private final int generationMax;

  private ChunkTable(Builder builder) {
    ids = List.copyOf(builder.ids);
    origins = new ArrayList<>(builder.origins);
    size = builder.size;
    generationMax = builder.generationMax;
  }

  /// A table without chunks: that of an empty file.
  public static ChunkTable empty() {
    return new Builder().build();
  }

  /// How many chunks there are, 0 to [Chunks#COUNT_MAX].
  public int size() {
    return size;
  }

  /// The id of the blob that holds chunk `index`.
  ///
  /// @param index 0 to [#size] - 1
  public ChunkId id(int index) {
    check(index);
    return ChunkId.fromBytes(ids.get(index >> PAGE_BITS), (index & PAGE_MASK) * ChunkId.BYTES);
  }

  /// Which generation made the blob of chunk `index`: an index into [Manifest#generations].
  public int generation(int index) {
    return (int) (origin(index) >>> Integer.SIZE);
  }

  /// At which position of its generation the blob of chunk `index` was made.
  public long position(int index) {
    return (int) origin(index);
  }

  /// Whether chunk `index` was made at this very position by generation 0, the common case that is
  /// written without an origin.
  public boolean isOwn(int index) {
    return origin(index) == index;
  }

  /// The largest generation that any entry refers to; 0 when there is none.
  int generationMax() {
    return generationMax;
  }

  private long origin(int index) {
    check(index);
    long[] page = origins.get(index >> PAGE_BITS);
    return page == null ? index : page[index & PAGE_MASK];
  }

  private void check(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("chunk: " + index + " (expected: 0.." + (size - 1) + ")");
    }
  }

  /// Whether both list the same chunks of the same origin.
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ChunkTable table) || size != table.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (origin(i) != table.origin(i)) {
        return false;
      }
    }
    for (int page = 0; page < ids.size(); page++) {
      if (!Arrays.equals(ids.get(page), table.ids.get(page))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = size;
    for (byte[] page : ids) {
      hash = 31 * hash + Arrays.hashCode(page);
    }
    return hash;
  }

  @Override
  public String toString() {
    return "ChunkTable[size=" + size + "]";
  }

  /// Collects the chunks of a file in order. Owned by one thread.
  public static final class Builder {
    private final List<byte[]> ids = new ArrayList<>();
    private final List<long @Nullable []> origins = new ArrayList<>();
    private int size;
    private int generationMax;
    private boolean built;

    /// Starts without chunks.
    public Builder() {}

    /// Adds the next chunk, made by generation 0 at this very position.
    ///
    /// @throws IllegalArgumentException when there are [Chunks#COUNT_MAX] chunks already
    public Builder add(ChunkId id) {
      return add(id, 0, size);
    }

    /// Adds the next chunk.
    ///
    /// @param generation which generation made its blob, 0 to [#GENERATIONS_MAX] - 1
    /// @param position where in that generation: 0 to [Chunks#COUNT_MAX] - 1. For generation 0,
    ///   which is this upload, either this very position, or that of an equal chunk before it that
    ///   was made at its own position: equal chunks are stored once
    /// @throws IllegalArgumentException when one is out of range, or when there are
    ///   [Chunks#COUNT_MAX] chunks already
    /// @throws IllegalStateException after [#build]
    public Builder add(ChunkId id, int generation, long position) {
      if (built) {
        throw new IllegalStateException("this table was built; start another builder");
      }
      checkRanges(generation, position);
      if (generation == 0 && position != size) {
        checkRepeats(id, position);
      }
      if ((size & PAGE_MASK) == 0) {
        ids.add(new byte[PAGE_ENTRIES * ChunkId.BYTES]);
        origins.add(null);
      }
      id.copyTo(ids.getLast(), (size & PAGE_MASK) * ChunkId.BYTES);
      long origin = ((long) generation << Integer.SIZE) | position;
      long[] page = origins.getLast();
      if (page == null && origin != size) {
        page = ownOrigins(size & ~PAGE_MASK);
        origins.set(origins.size() - 1, page);
      }
      if (page != null) {
        page[size & PAGE_MASK] = origin;
      }
      generationMax = Math.max(generationMax, generation);
      size++;
      return this;
    }

    private void checkRanges(int generation, long position) {
      if (size == Chunks.COUNT_MAX) {
        throw new InvalidValueException(
            "$.chunks", "more than " + size + " chunks", "0.." + Chunks.COUNT_MAX);
      }
      if (generation < 0 || generation >= GENERATIONS_MAX) {
        throw new InvalidValueException(
            path(), "generation " + generation, "0.." + (GENERATIONS_MAX - 1));
      }
      if (position < 0 || position >= Chunks.COUNT_MAX) {
        throw new InvalidValueException(
            path(), "position " + position, "0.." + (Chunks.COUNT_MAX - 1));
      }
    }

    private void checkRepeats(ChunkId id, long position) {
      boolean repeats = position < size && id.equals(id((int) position)) && isOwnAt((int) position);
      if (!repeats) {
        throw new InvalidValueException(
            path(),
            "position " + position + " of generation 0",
            size + " itself, or that of an equal chunk before it");
      }
    }

    /// The id of chunk `index`, which was added before.
    ///
    /// @param index 0 to [#size] - 1
    public ChunkId id(int index) {
      if (index < 0 || index >= size) {
        throw new IndexOutOfBoundsException(
            "chunk: " + index + " (expected: 0.." + (size - 1) + ")");
      }
      return ChunkId.fromBytes(ids.get(index >> PAGE_BITS), (index & PAGE_MASK) * ChunkId.BYTES);
    }

    private boolean isOwnAt(int index) {
      long[] page = origins.get(index >> PAGE_BITS);
      return page == null || page[index & PAGE_MASK] == index;
    }

    private static long[] ownOrigins(int first) {
      long[] page = new long[PAGE_ENTRIES];
      Arrays.setAll(page, i -> first + i);
      return page;
    }

    private String path() {
      return "$.chunks[" + size + "]";
    }

    /// How many chunks were added.
    public int size() {
      return size;
    }

    /// The table of what was added. It takes over the builder's memory, so nothing can be added
    /// afterwards.
    public ChunkTable build() {
      built = true;
      return new ChunkTable(this);
    }
  }
}
