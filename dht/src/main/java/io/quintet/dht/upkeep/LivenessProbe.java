package io.quintet.dht.upkeep;

import io.quintet.dht.id.Contact;
import io.quintet.dht.routing.RoutingTable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Pings contacts that were not heard of for a while, the least recently seen first, so that a dead
/// node is noticed though nobody looks for it.
///
/// The traffic is bounded: between two probes lies a gap, so a large table takes longer for a round
/// and costs no more.
public final class LivenessProbe {
  private final long intervalMillis;
  private final long gapMillis;
  private long nextAt = Long.MAX_VALUE;
  private boolean started;
  private long lastProbeAt;

  /// @param intervalMillis after which a contact is worth a probe
  /// @param gapMillis between two probes
  public LivenessProbe(long intervalMillis, long gapMillis) {
    this.intervalMillis = intervalMillis;
    this.gapMillis = gapMillis;
  }

  /// A contact was added to the table.
  public void added(long now) {
    nextAt = Math.min(nextAt, now + intervalMillis);
  }

  /// Whom to probe now; null when nobody is due.
  ///
  /// @param pinged who is being pinged already: the silence of a dead contact must not keep others
  ///   from being probed
  public @Nullable Contact due(long now, RoutingTable table, Predicate<Contact> pinged) {
    if (nextAt > now) {
      return null;
    }
    if (table.size() == 0) {
      nextAt = Long.MAX_VALUE;
      return null;
    }
    Contact oldest = table.leastRecentlySeen(pinged);
    if (oldest == null) {
      nextAt = now + intervalMillis;
      return null;
    }
    long dueAt = table.seenMillis(oldest) + intervalMillis;
    if (started) {
      dueAt = Math.max(dueAt, lastProbeAt + gapMillis);
    }
    if (dueAt > now) {
      nextAt = dueAt;
      return null;
    }
    started = true;
    lastProbeAt = now;
    nextAt = now + gapMillis;
    return oldest;
  }

  /// When [#due] wants to be called; Long.MAX_VALUE while the table is empty.
  public long nextWakeup() {
    return nextAt;
  }
}
