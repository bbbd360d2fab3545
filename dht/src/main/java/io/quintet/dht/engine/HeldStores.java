package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Stores whose sender has yet to prove itself: held, bounded, until its ping ends.
final class HeldStores {
  /// A store that waits.
  record Held(long requestId, Contact from, List<Key> keys) {}

  private final int sizeMax;
  private final List<Held> held = new ArrayList<>(1);

  HeldStores(int sizeMax) {
    this.sizeMax = sizeMax;
  }

  /// Holds a store; false when there is no place.
  boolean hold(Held store) {
    return held.size() < sizeMax && held.add(store);
  }

  /// Takes out the stores of exactly this contact, in the order in which they came.
  List<Held> take(Contact from) {
    if (held.isEmpty()) {
      return List.of();
    }
    List<Held> taken = new ArrayList<>();
    for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
      Held store = each.next();
      if (store.from.equals(from)) {
        taken.add(store);
        each.remove();
      }
    }
    return taken;
  }
}
