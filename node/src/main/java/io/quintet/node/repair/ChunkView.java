package io.quintet.node.repair;

import io.quintet.dht.id.Key;
import java.util.ArrayList;
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

  /// The same after each of `nodes`, which are candidates, got a replica.
  public ChunkView with(List<Key> nodes) {
    List<Holder> more = new ArrayList<>(holders);
    List<Candidate> left = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (nodes.contains(candidate.node())) {
        more.add(new Holder(candidate.node(), candidate.place(), Holder.State.PRESENT, 0));
      } else {
        left.add(candidate);
      }
    }
    return new ChunkView(chunk, wanted, self, more, left, memory);
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
