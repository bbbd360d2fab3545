package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtEngine;
import io.quintet.dht.id.Contact;
import org.jspecify.annotations.Nullable;

/// One simulated machine: its address for ever, its engine while it runs.
final class SimNode {
  final int index;
  Contact contact;
  @Nullable DhtEngine engine;
  int boot;
  long joinedAt;
  long wakeAt = Long.MAX_VALUE;

  SimNode(int index, Contact contact) {
    this.index = index;
    this.contact = contact;
  }
}
