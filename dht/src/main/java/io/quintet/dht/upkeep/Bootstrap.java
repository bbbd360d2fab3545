package io.quintet.dht.upkeep;

/// Makes a place in the network for a node that knows a first contact (Kademlia, section 2.3): a
/// lookup of its own id, then a refresh of its buckets, then its own id once more, when the dust of
/// a cluster that starts all at once has settled.
public final class Bootstrap {
  /// Time for further first contacts to answer, so that the first lookup does not lean on one.
  private static final long GATHER_MILLIS = 50;

  /// Between the rounds; the first follows at once.
  private static final long[] SETTLE_MILLIS = {3_000};

  private static final int ROUNDS = SETTLE_MILLIS.length + 1;

  /// Where the machine stands.
  public enum State {
    /// Nobody is known.
    ALONE,
    /// The lookup of the own id is to start at a time.
    SCHEDULED,
    /// The lookup of the own id runs.
    LOOKING,
    /// The node has its place.
    SETTLED
  }

  private State state = State.ALONE;
  private long nextAt = Long.MAX_VALUE;
  private int roundsLeft;

  /// A contact entered the routing table.
  public void joined(long now) {
    switch (state) {
      case ALONE -> {
        roundsLeft = ROUNDS;
        schedule(now + GATHER_MILLIS);
      }
      case SCHEDULED, LOOKING, SETTLED -> {}
    }
  }

  /// The routing table is empty again.
  public void emptied() {
    state = State.ALONE;
    nextAt = Long.MAX_VALUE;
  }

  /// Whether the lookup of the own id is to start now; it ends by [#looked].
  public boolean due(long now) {
    return switch (state) {
      case SCHEDULED -> {
        if (nextAt > now) {
          yield false;
        }
        state = State.LOOKING;
        nextAt = Long.MAX_VALUE;
        yield true;
      }
      case ALONE, LOOKING, SETTLED -> false;
    };
  }

  /// The lookup of the own id is over.
  ///
  /// @return whether it was the first one, so that the buckets are to be refreshed
  public boolean looked(long now) {
    return switch (state) {
      case LOOKING -> {
        boolean first = roundsLeft == ROUNDS;
        roundsLeft--;
        if (roundsLeft > 0) {
          schedule(now + SETTLE_MILLIS[ROUNDS - 1 - roundsLeft]);
        } else {
          state = State.SETTLED;
        }
        yield first;
      }
      case ALONE, SCHEDULED, SETTLED -> false;
    };
  }

  /// Where the machine stands.
  public State state() {
    return state;
  }

  /// When [#due] wants to be called; Long.MAX_VALUE for not before an event.
  public long nextWakeup() {
    return nextAt;
  }

  private void schedule(long at) {
    state = State.SCHEDULED;
    nextAt = at;
  }
}
