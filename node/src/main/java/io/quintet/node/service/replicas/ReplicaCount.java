package io.quintet.node.service.replicas;

import io.quintet.dht.id.Key;
import io.quintet.dht.order.HashOrder;
import io.quintet.node.repair.ChunkView;
import io.quintet.node.repair.Decision;
import io.quintet.node.repair.Holder;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How many chunks have how many replicas. One thread counts; any may ask for the last result.
public final class ReplicaCount {
  private TreeMap<Integer, Integer> byReplicas = new TreeMap<>();
  private TreeMap<Integer, Integer> firstByReplicas = new TreeMap<>();
  private int shortChunks;
  private long missingBytes;
  private boolean stuck;
  private volatile Summary last = new Summary(Map.of(), Map.of(), 0, 0);

  /// What a count found.
  ///
  /// @param byReplicas number of this node's chunks by number of replicas
  /// @param firstByReplicas the same for the chunks of which this node is the first holder, so that
  ///   the sum over all nodes has each chunk once
  /// @param shortChunks how many have fewer than their owners want
  /// @param secondsToFullHealth an estimate; 0 when nothing is missing, -1 when nodes with room are
  ///   missing
  public record Summary(
      Map<Integer, Integer> byReplicas,
      Map<Integer, Integer> firstByReplicas,
      int shortChunks,
      long secondsToFullHealth) {}

  private long lastMissingBytes;
  private long lastWaitMillis;
  private long lastMillis;
  private long waitMillis;

  void begin() {
    byReplicas = new TreeMap<>();
    firstByReplicas = new TreeMap<>();
    shortChunks = 0;
    missingBytes = 0;
    waitMillis = 0;
    stuck = false;
  }

  /// Counts a chunk. What is missing is the work of its first holder; the others wait for it.
  ///
  /// @param last what will be decided when what is due now is done
  void add(ChunkView view, int sizeBytes, Decision last, long now) {
    int replicas = view.replicas();
    byReplicas.merge(replicas, 1, Integer::sum);
    boolean first = isFirst(view);
    if (first) {
      firstByReplicas.merge(replicas, 1, Integer::sum);
    }
    if (replicas < view.wanted()) {
      shortChunks++;
      missingBytes += first ? (long) (view.wanted() - replicas) * sizeBytes : 0;
    }
    if (last instanceof Decision.Wait wait) {
      stuck |= wait.reason() == Decision.Reason.NO_TARGET;
      waitMillis = first ? Math.max(waitMillis, wait.untilMillis() - now) : waitMillis;
    }
  }

  private static boolean isFirst(ChunkView view) {
    Key first = view.self();
    Key place = HashOrder.place(view.chunk(), first);
    for (Holder holder : view.holders()) {
      if (holder.state() == Holder.State.PRESENT
          && HashOrder.place(view.chunk(), holder.node()).compareTo(place) < 0) {
        return false;
      }
    }
    return true;
  }

  synchronized void publish(long now) {
    lastMillis = now;
    lastMissingBytes = missingBytes;
    lastWaitMillis = waitMillis;
    last =
        new Summary(
            Collections.unmodifiableMap(new TreeMap<>(byReplicas)),
            Collections.unmodifiableMap(new TreeMap<>(firstByReplicas)),
            shortChunks,
            stuck ? -1 : 0);
  }

  /// The last result.
  ///
  /// @param bytesPerSecond how fast this node repairs
  synchronized Summary summary(long bytesPerSecond, long now) {
    Summary known = last;
    if (known.shortChunks() == 0 || known.secondsToFullHealth() < 0) {
      return known;
    }
    // Some of the work is done while the rest waits, but how much of it nobody knows.
    long millis = lastWaitMillis + 1_000 * lastMissingBytes / bytesPerSecond - (now - lastMillis);
    long seconds = Math.max(1, millis / 1_000 + 1);
    return new Summary(known.byReplicas(), known.firstByReplicas(), known.shortChunks(), seconds);
  }
}
