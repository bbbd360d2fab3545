package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.node.peer.PeerFacts;
import io.quintet.node.repair.Holder;
import org.jspecify.annotations.Nullable;

/// Another node, as this one sees it.
///
/// @param contact where it answered last, or is said to be
/// @param facts what it said last, null when it never answered
/// @param state `PRESENT`, `SILENT` or `LEFT`
/// @param sinceMillis when it came into this state
/// @param failures how many calls in a row it did not answer
record Neighbour(
    Contact contact,
    @Nullable PeerFacts facts,
    Holder.State state,
    long sinceMillis,
    int failures) {
  boolean isPresent() {
    return state == Holder.State.PRESENT;
  }

  /// What it shares with nodes that may fail together: its owner's labels, or else its host.
  String place() {
    PeerFacts said = facts;
    return said == null || said.labels().isEmpty() ? contact.host() : said.labels().toString();
  }

  /// Whether it would take so many bytes more.
  boolean hasRoom(long bytes) {
    PeerFacts said = facts;
    return said != null && said.ready() && !said.leaving() && said.freeBytes() >= bytes;
  }
}
