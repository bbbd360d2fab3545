package io.quintet.scripts.torture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// One run of one scenario: where it happens, how long it may last, what it found. For one thread.
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
  boolean more() {
    boolean yes = rounds == 0 || (rounds < roundsMax && System.nanoTime() - endNanos < 0);
    if (yes) {
      rounds++;
    }
    return yes;
  }

  int rounds() {
    return rounds;
  }

  /// Adds to a count of the report.
  void count(String name, long more) {
    figures.merge(name, more, (a, b) -> (Long) a + (Long) b);
  }

  /// Sets a figure of the report.
  void figure(String name, Object value) {
    figures.put(name, value);
  }

  Map<String, Object> figures() {
    return figures;
  }

  /// @throws BrokenPromiseException unless `kept`
  void require(boolean kept, String promise) throws BrokenPromiseException {
    if (!kept) {
      throw new BrokenPromiseException("round " + rounds + ": " + promise);
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
