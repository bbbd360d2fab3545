package io.quintet.dht.lookup;

import io.quintet.dht.id.Contact;

/// A contact that a lookup knows, and how far it got with it.
final class Candidate {
  /// How far a lookup got with a candidate.
  enum Standing {
    /// Not asked yet.
    FRESH,
    /// Asked, and the answer is awaited.
    ASKED,
    /// Asked twice, the first time long ago: still awaited, but others are asked meanwhile.
    STALLED,
    /// Answered.
    ANSWERED,
    /// Will not answer.
    FAILED
  }

  final Contact contact;
  final int hops;

  /// The path that asks it.
  final ClosestSet path;

  Standing standing = Standing.FRESH;
  long stallsAt;

  /// Calls that are open: a stalled candidate is asked once more.
  int calls;

  Candidate(Contact contact, int hops, ClosestSet path) {
    this.contact = contact;
    this.hops = hops;
    this.path = path;
  }

  boolean awaited() {
    return standing == Standing.ASKED || standing == Standing.STALLED;
  }
}
