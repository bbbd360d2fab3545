package io.quintet.scripts.torture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// One run of one scenario: where it happens, how long it may last, what it found. Safe for the
/// threads of one scenario.
final class Trial {
  private static final long LOOK_AGAIN_MILLIS = 25;

  private final Arena arena;
  private final Random random;
  private final int roundsMax;
  private final long endNanos;
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private int rounds;

  /// @param roundsMax at least 1
  /// @param seconds when to start no further round
  Trial(Arena arena, Random random, int roundsMax, long seconds) {
    this.arena = arena;
    this.random = random;
    this.roundsMax = roundsMax;
    this.endNanos = System.nanoTime() + seconds * 1_000_000_000L;
  }

  Arena arena() {
    return arena;
  }

  Random random() {
    return random;
  }

  /// Whether to do one more round, which is counted; always yes the first time.
  synchronized boolean more() {
    boolean yes = rounds == 0 || (rounds < roundsMax && System.nanoTime() - endNanos < 0);
    if (yes) {
      rounds++;
    }
    return yes;
  }

  /// The same where the report's rounds are not what is wanted a number of.
  ///
  /// @param done how many of what is wanted there were so far
  synchronized boolean moreUntil(long done) {
    boolean yes = rounds == 0 || (done < roundsMax && System.nanoTime() - endNanos < 0);
    if (yes) {
      rounds++;
    }
    return yes;
  }

  synchronized int rounds() {
    return rounds;
  }

  int roundsMax() {
    return roundsMax;
  }

  /// A part of this run that happens in another place and counts for itself, until [#add].
  synchronized Trial elsewhere(Arena place, Random its) {
    return new Trial(place, its, roundsMax, (endNanos - System.nanoTime()) / 1_000_000_000L);
  }

  /// Takes over the counts of `part`.
  synchronized void add(Trial part) {
    part.figures()
        .forEach((name, value) -> {
          if (value instanceof Long number) {
            count(name, number);
          } else {
            figure(name, value);
          }
        });
  }

  /// Adds to a count of the report.
  synchronized void count(String name, long more) {
    figures.merge(name, more, (a, b) -> (Long) a + (Long) b);
  }

  /// Sets a figure of the report.
  synchronized void figure(String name, Object value) {
    figures.put(name, value);
  }

  synchronized Map<String, Object> figures() {
    return new LinkedHashMap<>(figures);
  }

  /// @throws BrokenPromiseException unless `kept`
  void require(boolean kept, String promise) throws BrokenPromiseException {
    if (!kept) {
      throw new BrokenPromiseException("round " + rounds() + ": " + promise);
    }
  }

  /// Lets time pass while others work.
  void pause(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  /// Waits until `condition` holds.
  ///
  /// @throws BrokenPromiseException when it does not within `seconds`
  void await(String what, long seconds, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      require(System.nanoTime() - end < 0, "not within " + seconds + " s: " + what);
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }
}
