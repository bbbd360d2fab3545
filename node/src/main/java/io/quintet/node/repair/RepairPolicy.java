package io.quintet.node.repair;

import java.time.Duration;

/// The times of repair, in milliseconds; validated.
///
/// @param graceMillis how long one replica may be missing before it is made anew: most nodes that
///   fall silent come back
/// @param shortGraceMillis how long several may be missing, while more than [#URGENT_REPLICAS_MAX]
///   are left
/// @param turnMillis how long each holder waits for the one before it, more than a copy takes
/// @param backOffMillisMin the pause after a failed attempt at a chunk, doubled each time
/// @param backOffMillisMax the longest such pause
/// @param trimAfterMillis how long there must have been too many replicas before one is removed
/// @param brakeWindowMillis within which vanished members are counted together, see
///   [PartitionBrake]
public record RepairPolicy(
    long graceMillis,
    long shortGraceMillis,
    long turnMillis,
    long backOffMillisMin,
    long backOffMillisMax,
    long trimAfterMillis,
    long brakeWindowMillis) {
  /// With so few replicas left, nothing is waited for.
  public static final int URGENT_REPLICAS_MAX = 2;

  /// Refuses what cannot work.
  public RepairPolicy {
    atLeast("graceMillis", graceMillis, 0);
    atLeast("shortGraceMillis", shortGraceMillis, 0);
    atLeast("turnMillis", turnMillis, 1);
    atLeast("backOffMillisMin", backOffMillisMin, 1);
    atLeast("backOffMillisMax", backOffMillisMax, backOffMillisMin);
    atLeast("trimAfterMillis", trimAfterMillis, 0);
    atLeast("brakeWindowMillis", brakeWindowMillis, 0);
  }

  /// What production runs with.
  public static RepairPolicy standard() {
    return new RepairPolicy(
        Duration.ofHours(1).toMillis(),
        Duration.ofMinutes(5).toMillis(),
        Duration.ofSeconds(30).toMillis(),
        Duration.ofSeconds(30).toMillis(),
        Duration.ofHours(1).toMillis(),
        Duration.ofDays(7).toMillis(),
        Duration.ofHours(1).toMillis());
  }

  /// Seconds instead of hours, for trying it out (`--fast-repair`).
  public static RepairPolicy fast() {
    return new RepairPolicy(4_000, 2_000, 1_500, 1_000, 10_000, 60_000, 6_000);
  }

  /// How long a chunk waits that has `replicas` of the `wanted` ones.
  long delayMillis(int replicas, int wanted) {
    if (replicas <= URGENT_REPLICAS_MAX) {
      return 0;
    }
    return replicas < wanted - 1 ? Math.min(shortGraceMillis, graceMillis) : graceMillis;
  }

  /// The pause after so many failed attempts.
  long backOffMillis(int attempts) {
    return attempts <= 0
        ? 0
        : Math.min(backOffMillisMax, backOffMillisMin << Math.min(20, attempts - 1));
  }

  private static void atLeast(String name, long value, long min) {
    if (value < min) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " or more)");
    }
  }
}
