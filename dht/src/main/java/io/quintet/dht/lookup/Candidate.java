package io.quintet.dht.lookup;

import io.quintet.dht.id.Contact;
import org.jspecify.annotations.Nullable;

/// A contact that a lookup knows, and how far it got with it.
final class Candidate {
  /// How far a lookup got with a candidate.
  enum Standing {
    /// Not asked yet.
    FRESH,
    /// Asked, and the answer is awaited.
    ASKED,
    /// Asked more than once, the first time long ago: still awaited, but others are asked
    /// meanwhile.
    STALLED,
    /// Answered.
    ANSWERED,
    /// Will not answer.
    FAILED
  }

  /// Of a node that named no good one yet so many are tried at a time.
  private static final int TRIED_AT_ONCE = 2;

  /// Who named so many bad ones, and so many times as many as good ones, is not followed further.
  private static final int BAD_MAX = 3;

  private static final int BAD_PER_GOOD = 3;

  final Contact contact;
  final int hops;

  /// The path that asks it.
  final ClosestSet path;

  Standing standing = Standing.FRESH;
  long stallsAt;

  /// Calls that are open: a stalled candidate is asked again.
  int calls;

  /// Calls that were made, whether they are open or not.
  int made;

  /// Whether it has proven its id, or need not.
  boolean proven;

  /// How many named it.
  int named = 1;

  /// Who named it first; null when it was known from the beginning.
  private final @Nullable Candidate referrer;

  /// What came of those that it named itself.
  private int trying;

  private int good;
  private int bad;

  Candidate(
      Contact contact, int hops, ClosestSet path, @Nullable Candidate referrer, boolean proven) {
    this.contact = contact;
    this.hops = hops;
    this.path = path;
    this.referrer = referrer;
    this.proven = proven;
  }

  /// Whether it has to wait until others that its referrer named were tried: one that invents nodes
  /// costs few calls.
  boolean waitsForItsKind() {
    return !proven && referrer != null && referrer.good == 0 && referrer.trying >= TRIED_AT_ONCE;
  }

  /// Whether more than its referrer's word stands for it, so that a lost call is worth another.
  boolean isCredible() {
    return proven || referrer == null || named > 1 || referrer.good > 0;
  }

  boolean isNamedBy(Candidate other) {
    return referrer == other;
  }

  void tried() {
    if (referrer != null && !proven) {
      referrer.trying++;
    }
  }

  void turnedOutGood() {
    if (referrer != null) {
      referrer.trying = Math.max(0, referrer.trying - 1);
      referrer.good++;
    }
  }

  /// It failed.
  ///
  /// @return its referrer if nothing it names is to be tried any more, else null
  @Nullable Candidate turnedOutBad() {
    if (referrer == null) {
      return null;
    }
    referrer.trying = Math.max(0, referrer.trying - 1);
    referrer.bad++;
    boolean inventor = referrer.bad >= BAD_MAX && referrer.bad > BAD_PER_GOOD * referrer.good;
    return inventor ? referrer : null;
  }

  boolean awaited() {
    return standing == Standing.ASKED || standing == Standing.STALLED;
  }
}
