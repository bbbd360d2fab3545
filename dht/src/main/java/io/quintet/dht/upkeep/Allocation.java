package io.quintet.dht.upkeep;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who is to be told of which keys: each key goes to the nodes closest to it, batched by node.
public final class Allocation {
  private Allocation() {}

  /// One batch per node that is among the `copies` closest of `nodes` to some key. The owner counts
  /// as one of them, since it answers for its own keys without a record.
  public static List<StoreBatch> of(List<Key> keys, List<Contact> nodes, Key self, int copies) {
    Map<Contact, List<Key>> byNode = new LinkedHashMap<>();
    Contact[] nearest = new Contact[copies];
    for (Key key : keys) {
      int count = select(key, nodes, nearest);
      boolean full = count == copies;
      if (full && key.compareDistance(self, nearest[count - 1].id()) < 0) {
        count--;
      }
      for (int i = 0; i < count; i++) {
        byNode.computeIfAbsent(nearest[i], node -> new ArrayList<>()).add(key);
      }
    }
    List<StoreBatch> batches = new ArrayList<>(byNode.size());
    byNode.forEach((node, its) -> batches.add(new StoreBatch(node, its, 1)));
    return batches;
  }

  /// Puts the nodes closest to `key` into `nearest`, nearest first, and says how many they are.
  private static int select(Key key, List<Contact> nodes, Contact[] nearest) {
    int count = 0;
    for (Contact node : nodes) {
      int at = count;
      while (at > 0 && key.compareDistance(node.id(), nearest[at - 1].id()) < 0) {
        at--;
      }
      if (at < nearest.length) {
        int moved = Math.min(count, nearest.length - 1) - at;
        System.arraycopy(nearest, at, nearest, at + 1, moved);
        nearest[at] = node;
        count = Math.min(count + 1, nearest.length);
      }
    }
    return count;
  }
}
