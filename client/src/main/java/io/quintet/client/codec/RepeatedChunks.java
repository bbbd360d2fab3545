package io.quintet.client.codec;

import io.quintet.manifest.blob.ChunkId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds equal chunks within one upload, so that each is stored once. Shared by the upload's
/// encoders; thread-safe.
///
/// Chunks are told in the order of the file, whichever worker is faster, so that a chunk only ever
/// refers to one before it. Remembers the first [#REMEMBERED_MAX] different chunks; later ones that
/// repeat are stored again, which costs room but nothing else.
public final class RepeatedChunks {
  /// How many different chunks are remembered: as many as a file of 256 GiB has, in about 25 MB.
  public static final int REMEMBERED_MAX = 1 << 18;

  // A leaf hash has the same shape as an id, and ids compare and hash well.
  private final Map<ChunkId, Integer> firstIndexes = new HashMap<>();
  private int next;

  /// Nothing seen yet.
  public RepeatedChunks() {}

  /// The index of the first chunk with this leaf hash, which is `index` when there was none before.
  /// Waits until all chunks before `index` were asked for, so callers must take chunks in order.
  public synchronized int firstIndex(int index, byte[] leafHash) throws InterruptedException {
    while (next != index) {
      wait();
    }
    next++;
    notifyAll();
    ChunkId leaf = ChunkId.fromBytes(leafHash);
    @Nullable Integer first = firstIndexes.get(leaf);
    if (first != null) {
      return first;
    }
    if (firstIndexes.size() < REMEMBERED_MAX) {
      firstIndexes.put(leaf, index);
    }
    return index;
  }
}
