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
  ///
  /// @param closest its result: fewer than k means that there are no others
  public static Region coveredBy(Key target, List<Contact> closest, int k) {
    int bits =
        closest.size() < k
            ? 0
            : Math.min(Key.BITS, target.commonPrefixLength(closest.getLast().id()) + 1);
    return new Region(target, bits, closest);
  }

  /// Whether `key` lies in this region.
  public boolean covers(Key key) {
    return target.commonPrefixLength(key) >= bits;
  }
}
