package io.quintet.client.removal;

import io.quintet.client.removal.RemovalResult.Pending;
import io.quintet.client.removal.RemovalResult.Spread;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts what became of the chunks. Thread-safe; its size is bounded by the number of nodes.
final class Tally {
  private static final int FAILURES_UNTIL_AWAY = 2;

  private final Map<Key, Away> away = new TreeMap<>();
  private long chunks;
  private long unknown;
  private int unknownHolders;
  private long incomplete;
  private Spread worst = new Spread(0, 0);

  private static final class Away {
    private final Key id;
    private final String url;
    private final String why;
    private int failures;
    private long chunks;

    Away(Key id, String url, String why) {
      this.id = id;
      this.url = url;
      this.why = why;
    }
  }

  /// Whether a node failed so often that it is not asked any more.
  synchronized boolean isAway(Contact node) {
    Away known = away.get(node.id());
    return known != null && known.failures >= FAILURES_UNTIL_AWAY;
  }

  /// A call to `node` failed.
  synchronized void failed(Contact node, String why) {
    away.computeIfAbsent(node.id(), id -> new Away(id, node.url(), why)).failures++;
  }

  /// A chunk that a node holds was not deleted there.
  ///
  /// @param url empty when only its id is known
  /// @param why unless a call to it failed with a reason of its own
  synchronized void pending(Key node, String url, String why) {
    away.computeIfAbsent(node, id -> new Away(id, url, why)).chunks++;
  }

  /// One more chunk is done.
  ///
  /// @param missingHolders how many holders it should have that nobody knows, negative for none
  synchronized void done(Spread spread, int missingHolders) {
    unknownHolders = Math.max(unknownHolders, missingHolders);
    boolean first = chunks == 0;
    chunks++;
    if (spread.deleted() == 0 && spread.holders() == 0) {
      unknown++;
    }
    if (spread.missing() > 0) {
      incomplete++;
    }
    boolean worse =
        spread.missing() > worst.missing()
            || (spread.missing() == worst.missing() && spread.deleted() < worst.deleted());
    if (first || worse) {
      worst = spread;
    }
  }

  /// Whether no holder of any chunk is known.
  synchronized boolean nobodyKnown() {
    return chunks > 0 && unknown == chunks;
  }

  synchronized RemovalResult result(double seconds) {
    List<Pending> pending = new ArrayList<>();
    for (Away each : away.values()) {
      if (each.chunks > 0) {
        pending.add(new Pending(each.id.toString(), each.url, each.chunks, each.why));
      }
    }
    return new RemovalResult(chunks, worst, incomplete, unknownHolders, pending, seconds);
  }
}
