package io.quintet.dht.sim;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Whom each node of a large network knows when all of them joined long ago: its neighbourhood
/// completely, and of every bucket beyond it a sample of those who are truly there.
///
/// The sample is as large as a join leaves it, [#PER_BUCKET] of k = 20 (measured in networks of
/// 10,000 nodes that joined one by one), so lookups get no shorter ways than they would find.
final class FilledTables {
  /// Contacts in a far bucket.
  static final int PER_BUCKET = 12;

  private final LiveNodes live;
  private final int k;
  private final long seed;

  FilledTables(LiveNodes live, int k, long seed) {
    this.live = live;
    this.k = k;
    this.seed = seed;
  }

  /// The contacts of `self`, the nearest buckets first.
  List<Contact> contactsOf(Contact self) {
    SplittableRandom random = new SplittableRandom(Mix.of(seed, self.id().head()));
    List<Contact> chosen = new ArrayList<>();
    int low = 0;
    int high = live.size();
    for (int bit = 0; high - low > 1 && bit < Key.BITS; bit++) {
      int split = live.firstWithBit(low, high, bit);
      boolean upper = self.id().bit(bit);
      int inside = upper ? high - split : split - low;
      if (upper) {
        choose(low, split, inside, random, chosen);
        low = split;
      } else {
        choose(split, high, inside, random, chosen);
        high = split;
      }
    }
    Collections.reverse(chosen);
    return chosen;
  }

  /// From the nodes in [from, to), beside which `inside` others are nearer to the owner.
  private void choose(int from, int to, int inside, SplittableRandom random, List<Contact> chosen) {
    int count = to - from;
    boolean near = count <= PER_BUCKET || (inside < k && count <= 2 * k);
    if (near) {
      for (int i = from; i < to; i++) {
        chosen.add(live.get(i));
      }
      return;
    }
    int first = chosen.size();
    while (chosen.size() < first + PER_BUCKET) {
      Contact drawn = live.get(random.nextInt(from, to));
      if (!chosen.subList(first, chosen.size()).contains(drawn)) {
        chosen.add(drawn);
      }
    }
  }
}
