package io.quintet.node.repair;

import io.quintet.dht.id.Key;
import java.util.List;

/// What one holder knows about one of its chunks.
///
/// @param wanted how many replicas the chunk's owner wants
/// @param self the holder that looks; it is among `holders`, present
/// @param holders every known holder, each once
/// @param candidates live nodes that are no holders; more of them than replicas are missing
/// @param memory of earlier looks
public record ChunkView(
    Key chunk,
    int wanted,
    Key self,
    List<Holder> holders,
    List<Candidate> candidates,
    ChunkMemory memory) {
  /// Keeps its own copies.
  public ChunkView {
    holders = List.copyOf(holders);
    candidates = List.copyOf(candidates);
  }

  /// How many replicas count.
  public int replicas() {
    int present = 0;
    for (Holder holder : holders) {
      present += holder.state() == Holder.State.PRESENT ? 1 : 0;
    }
    return present;
  }
}
