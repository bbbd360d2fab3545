package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What this transfer learnt about nodes, so that a dead or full one does not slow down every
/// chunk. Thread-safe.
///
/// A node that failed or was late is avoided for a while: others come first. After that one call
/// finds out whether it is better, while others still avoid it. One that failed for several chunks
/// in a row is left out, and tried again with one chunk from time to time.
public final class NodeHealth {
  private static final long REST_NANOS = Duration.ofSeconds(20).toNanos();
  private static final int FAILURES_UNTIL_OUT = 3;

  // More nodes than this never matter to one transfer; stops a flood of made-up ones.
  private static final int NODES_MAX = 4096;

  private final LongSupplier nanoClock;
  private final Map<Key, Failures> failures = new TreeMap<>();
  private final Set<Key> worked = new TreeSet<>();

  /// @param nanoClock a monotonic clock, `System::nanoTime`
  public NodeHealth(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /// A call succeeded.
  public synchronized void worked(Contact node) {
    failures.remove(node.id());
    if (worked.size() < NODES_MAX) {
      worked.add(node.id());
    }
  }

  /// Whether a call ever succeeded.
  public synchronized boolean hasWorked(Contact node) {
    return worked.contains(node.id());
  }

  /// A call begins. When the node failed or was late before, others wait for what comes of it.
  public synchronized void begins(Contact node) {
    Failures known = failures.get(node.id());
    if (known != null) {
      known.restsUntil = nanoClock.getAsLong() + REST_NANOS;
    }
  }

  /// A call took so long that another node was asked as well, and answered first.
  public synchronized void late(Contact node) {
    Failures known = knownFailures(node);
    if (known != null) {
      known.restsUntil = nanoClock.getAsLong() + REST_NANOS;
    }
  }

  /// A call failed for good, after all attempts.
  public synchronized void failed(Contact node, PeerException failure) {
    Failures known = knownFailures(node);
    if (known != null) {
      known.count++;
      known.restsUntil = nanoClock.getAsLong() + REST_NANOS;
      known.text = describe(node, failure);
    }
  }

  private @Nullable Failures knownFailures(Contact node) {
    return failures.size() < NODES_MAX
        ? failures.computeIfAbsent(node.id(), id -> new Failures())
        : failures.get(node.id());
  }

  /// Whether other nodes should be asked first.
  public synchronized boolean isAvoided(Contact node) {
    Failures known = failures.get(node.id());
    return known != null && nanoClock.getAsLong() - known.restsUntil < 0;
  }

  /// Whether the node should not be asked at all now. When its rest is over, the first caller is
  /// let through, and the rest begins again.
  public synchronized boolean isOut(Contact node) {
    Failures known = failures.get(node.id());
    if (known == null || known.count < FAILURES_UNTIL_OUT) {
      return false;
    }
    long now = nanoClock.getAsLong();
    if (now - known.restsUntil < 0) {
      return true;
    }
    known.restsUntil = now + REST_NANOS;
    return false;
  }

  /// One line for each node that fails at present, in the order of their ids.
  public synchronized List<String> troubles() {
    List<String> lines = new ArrayList<>();
    failures.values().stream()
        .filter(known -> known.count > 0)
        .forEach(known -> lines.add(known.text));
    return lines;
  }

  /// `node <id> <url>: <why>`, for people.
  static String describe(Contact node, PeerException failure) {
    String why =
        switch (failure.kind()) {
          case NO_ROOM -> "no room";
          case DELETED -> "its owner deleted the chunk";
          case ABSENT -> "does not have it";
          case RETRYABLE, PERMANENT -> String.valueOf(failure.getMessage());
        };
    return "node " + node.id().toString().substring(0, 8) + " " + node.url() + ": " + why;
  }

  private static final class Failures {
    private int count;
    private long restsUntil;
    private String text = "";
  }
}
