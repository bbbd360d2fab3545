package io.quintet.dht.lookup;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.List;

/// A subtree of the space all of whose nodes one lookup found: every key in it shares its first
/// `bits` bits with `target`.
///
/// When the k closest nodes to a target are known, so is every node that shares a longer prefix
/// with the target than the farthest of them does: nothing outside can be nearer. One lookup
/// therefore serves all keys of the region, and a sweep over any number of keys costs about as many
/// lookups as there are nodes in units of k.
///
/// @param nodes all responsive nodes of the region, and maybe neighbours
public record Region(Key target, int bits, List<Contact> nodes) {
  /// The region that a finished lookup for `target` covered.
  public static Region coveredBy(Key target, LookupStep.Finished finished) {
    return new Region(target, finished.coveredBits(), finished.closest());
  }

  /// How many bits of `target` the region of a lookup shares that knows `nearest`.
  ///
  /// @param nearest the contacts closest to `target`, nearest first: fewer than k means that there
  ///   are no others
  static int bitsOf(Key target, List<Contact> nearest, int k) {
    return nearest.size() < k
        ? 0
        : Math.min(Key.BITS, target.commonPrefixLength(nearest.get(k - 1).id()) + 1);
  }

  /// Whether `key` lies in this region.
  public boolean covers(Key key) {
    return target.commonPrefixLength(key) >= bits;
  }

  /// The last key of this region.
  public Key last() {
    return target.subtreeLast(bits);
  }
}
