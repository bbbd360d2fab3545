package io.quintet.dht.lookup;

import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The candidates of one path of a lookup, nearest to the target first; bounded.
///
/// Candidates that failed are taken out, so the first k entries are the closest that are, or may
/// be, responsive.
final class ClosestSet {
  private final Key target;
  private final int sizeMax;
  private final List<Candidate> nearest;

  ClosestSet(Key target, int sizeMax) {
    this.target = target;
    this.sizeMax = sizeMax;
    this.nearest = new ArrayList<>(Math.min(sizeMax, 24));
  }

  /// Puts `candidate` in its place; when the set is full, the farthest one has to give way and is
  /// returned, maybe `candidate` itself.
  @Nullable Candidate offer(Candidate candidate) {
    int at = placeOf(candidate.contact.id());
    if (nearest.size() >= sizeMax) {
      if (at >= nearest.size()) {
        return candidate;
      }
      Candidate last = nearest.removeLast();
      nearest.add(at, candidate);
      return last;
    }
    nearest.add(at, candidate);
    return null;
  }

  void remove(Candidate candidate) {
    int at = placeOf(candidate.contact.id());
    for (int i = at; i < nearest.size(); i++) {
      if (nearest.get(i) == candidate) {
        nearest.remove(i);
        return;
      }
    }
  }

  int size() {
    return nearest.size();
  }

  Candidate get(int index) {
    return nearest.get(index);
  }

  private int placeOf(Key id) {
    int low = 0;
    int high = nearest.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (target.compareDistance(nearest.get(middle).contact.id(), id) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
