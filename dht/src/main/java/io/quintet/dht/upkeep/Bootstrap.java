package io.quintet.dht.upkeep;

/// Makes a place in the network for a node that knows a first contact (Kademlia, section 2.3): a
/// lookup of its own id, then a refresh of its buckets, then its own id once more, when the dust of
/// a cluster that starts all at once has settled.
///
/// A node that settled among few others may be on an island: a handful of nodes that know only each
/// other. One of them may meet the network any time without the others' noticing. So the node looks
/// its own id up again and again, ever more rarely, as long as it knows only a few; soon after each
/// contact that comes later; and when there are twice as many contacts as before, it starts over.
public final class Bootstrap {
  /// Time for further first contacts to answer, so that the first lookup does not lean on one.
  private static final long GATHER_MILLIS = 50;

  /// Between the rounds; the first follows at once.
  private static final long[] SETTLE_MILLIS = {3_000};

  /// Who knows so many is on no island that one lookup of its own id could overlook.
  private static final int ISLANDERS_MAX = 20;

  private static final long CHECK_MILLIS = 3_000;

  /// While newcomers keep coming, the look that each is worth waits for the next, but no longer.
  private static final long NEWCOMERS_MILLIS_MAX = 12_000;

  /// The longest pause between two looks of a node that knows few.
  private static final long CHECK_MILLIS_MAX = 60_000;

  private static final int ROUNDS = SETTLE_MILLIS.length + 1;

  /// What a lookup of the own id was.
  public enum Round {
    /// The first of several: the buckets are to be refreshed.
    FIRST,
    /// A later one.
    LATER,
    /// A look whether there is more than an island.
    CHECK,
    /// Given up meanwhile: nobody is known any more.
    VOID
  }

  /// Where the machine stands.
  public enum State {
    /// Nobody is known.
    ALONE,
    /// The lookup of the own id is to start at a time.
    SCHEDULED,
    /// The lookup of the own id runs.
    LOOKING,
    /// The node has its place, and looks from time to time whether there are more nodes.
    SETTLED
  }

  private State state = State.ALONE;
  private long nextAt = Long.MAX_VALUE;
  private int roundsLeft;
  private int settledAmong;
  private boolean checking;
  private long checkPauseMillis = CHECK_MILLIS;
  private long checkBy = Long.MAX_VALUE;

  /// A contact entered the routing table.
  ///
  /// @param contacts how many there are now
  public void joined(long now, int contacts) {
    switch (state) {
      case ALONE -> start(now);
      case SETTLED -> {
        if (settledAmong >= ISLANDERS_MAX) {
          return;
        }
        if (contacts >= 2 * settledAmong) {
          start(now);
        } else if (contacts < ISLANDERS_MAX) {
          if (checkBy == Long.MAX_VALUE) {
            checkBy = Math.min(nextAt, now + NEWCOMERS_MILLIS_MAX);
          }
          nextAt = Math.min(checkBy, now + CHECK_MILLIS);
        }
      }
      case SCHEDULED, LOOKING -> {}
    }
  }

  /// The node has its place already, among so many contacts.
  public void settle(long now, int contacts) {
    settledAmong = contacts;
    rest(now, contacts);
  }

  /// The routing table is empty again.
  public void emptied() {
    state = State.ALONE;
    nextAt = Long.MAX_VALUE;
  }

  /// Whether the lookup of the own id is to start now; it ends by [#looked].
  public boolean due(long now) {
    return switch (state) {
      case SCHEDULED, SETTLED -> {
        if (nextAt > now) {
          yield false;
        }
        checking = state == State.SETTLED;
        checkBy = Long.MAX_VALUE;
        state = State.LOOKING;
        nextAt = Long.MAX_VALUE;
        yield true;
      }
      case ALONE, LOOKING -> false;
    };
  }

  /// The lookup of the own id is over.
  ///
  /// @param contacts how many are in the routing table
  /// @return what it was
  public Round looked(long now, int contacts) {
    return switch (state) {
      case LOOKING -> checking ? checked(now, contacts) : placed(now, contacts);
      case ALONE, SCHEDULED, SETTLED -> Round.VOID;
    };
  }

  private Round placed(long now, int contacts) {
    settledAmong = contacts;
    boolean first = roundsLeft == ROUNDS;
    roundsLeft--;
    if (roundsLeft > 0) {
      schedule(now + SETTLE_MILLIS[ROUNDS - 1 - roundsLeft]);
    } else {
      checkPauseMillis = CHECK_MILLIS;
      rest(now, contacts);
    }
    return first ? Round.FIRST : Round.LATER;
  }

  private Round checked(long now, int contacts) {
    checking = false;
    if (contacts >= 2 * settledAmong) {
      start(now);
    } else {
      checkPauseMillis = Math.min(2 * checkPauseMillis, CHECK_MILLIS_MAX);
      rest(now, contacts);
    }
    return Round.CHECK;
  }

  /// Where the machine stands.
  public State state() {
    return state;
  }

  /// When [#due] wants to be called; Long.MAX_VALUE for not before an event.
  public long nextWakeup() {
    return nextAt;
  }

  private void rest(long now, int contacts) {
    state = State.SETTLED;
    nextAt = contacts < ISLANDERS_MAX ? now + checkPauseMillis : Long.MAX_VALUE;
  }

  private void start(long now) {
    roundsLeft = ROUNDS;
    schedule(now + GATHER_MILLIS);
  }

  private void schedule(long at) {
    state = State.SCHEDULED;
    nextAt = at;
  }
}
