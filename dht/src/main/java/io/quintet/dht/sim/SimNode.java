package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtEngine;
import io.quintet.dht.id.Contact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One simulated machine: its address for ever, its engine while it runs; or an adversary's
/// behaviour instead of an engine.
final class SimNode {
  final int index;
  final Contact contact;
  @Nullable DhtEngine engine;
  @Nullable Adversaries adversary;
  int boot;
  long joinedAt;
  long wakeAt = Long.MAX_VALUE;

  /// How far its clock is ahead of the world's: it jumped.
  long clockAhead;

  /// Whom it knew when it crashed: what its disk remembers.
  List<Contact> saved = List.of();

  SimNode(int index, Contact contact) {
    this.index = index;
    this.contact = contact;
  }
}
