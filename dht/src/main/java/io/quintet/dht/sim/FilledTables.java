package io.quintet.dht.sim;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Whom each node of a large network knows when all of them joined long ago: its neighbourhood
/// completely, and of every bucket beyond it a sample of those who are truly there.
///
/// The sample is smaller than what a join leaves, [#PER_BUCKET] of k = 20 (10,000 nodes that joined
/// one by one knew 192 others each, with filled tables 136), so lookups get no help from it.
final class FilledTables {
  // Implementation: nodes are chosen by their places among all nodes in key order. A million tables
  // have 200 million contacts, nearly each of which is a miss of every cache, so no contact is read
  // while they are chosen.

  /// Contacts in a far bucket.
  static final int PER_BUCKET = 12;

  private final LiveNodes live;
  private final int k;
  private final long seed;
  private int[] chosen = new int[256];
  private int count;

  FilledTables(LiveNodes live, int k, long seed) {
    this.live = live;
    this.k = k;
    this.seed = seed;
  }

  /// One node's contacts, sorted by key.
  ///
  /// @param prefixes the [Key#prefix] of each of them
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, and compared by nobody
  record Table(Contact[] contacts, int[] prefixes) {}

  /// The table of the node with this place among all nodes in key order.
  Table of(int place) {
    Key self = live.get(place).id();
    SplittableRandom random = new SplittableRandom(Mix.of(seed, self.head()));
    count = 0;
    int low = 0;
    int high = live.size();
    for (int bit = 0; high - low > 1 && bit < Key.BITS; bit++) {
      int split = live.firstWithBit(low, high, bit);
      boolean upper = place >= split;
      int inside = upper ? high - split : split - low;
      if (upper) {
        choose(low, split, inside, random);
        low = split;
      } else {
        choose(split, high, inside, random);
        high = split;
      }
    }
    Arrays.sort(chosen, 0, count);
    return new Table(live.contactsAt(chosen, count), live.prefixesAt(chosen, count));
  }

  /// From the nodes in [from, to), beside which `inside` others are nearer to the owner.
  private void choose(int from, int to, int inside, SplittableRandom random) {
    int all = to - from;
    boolean near = all <= PER_BUCKET || (inside < k && all <= 2 * k);
    int wanted = near ? all : PER_BUCKET;
    if (count + wanted > chosen.length) {
      chosen = Arrays.copyOf(chosen, 2 * (count + wanted));
    }
    int first = count;
    while (count < first + wanted) {
      int drawn = near ? from + count - first : random.nextInt(from, to);
      if (near || isNew(drawn, first)) {
        chosen[count++] = drawn;
      }
    }
  }

  private boolean isNew(int drawn, int first) {
    for (int i = first; i < count; i++) {
      if (chosen[i] == drawn) {
        return false;
      }
    }
    return true;
  }
}
