package io.quintet.node.service.replicas;

import io.quintet.node.repair.RepairPolicy;
import java.time.Duration;
import java.util.List;

/// How a node looks after replicas; validated.
///
/// @param repair when and what to repair
/// @param watchInterval between two looks at another node that may be in trouble
/// @param memberRest between two looks at a node that proves itself to the network all the time
/// @param surveyInterval between two counts of all replicas, if nothing changed in between
/// @param auditPass how long a pass over all chunks takes, if the budget allows
/// @param auditRetries after how long an audit without answer is tried again, each time
/// @param auditBytesPerSecond what audits may read of this node's disk, and cost others
/// @param repairBytesPerSecond what repairs may send
public record UpkeepSettings(
    RepairPolicy repair,
    Duration watchInterval,
    Duration memberRest,
    Duration surveyInterval,
    Duration auditPass,
    List<Duration> auditRetries,
    long auditBytesPerSecond,
    long repairBytesPerSecond) {
  /// Refuses what cannot work, and keeps its own copy.
  public UpkeepSettings {
    positive("watchInterval", watchInterval.toMillis());
    positive("memberRest", memberRest.toMillis());
    positive("surveyInterval", surveyInterval.toMillis());
    positive("auditPass", auditPass.toMillis());
    positive("auditBytesPerSecond", auditBytesPerSecond);
    positive("repairBytesPerSecond", repairBytesPerSecond);
    auditRetries = List.copyOf(auditRetries);
  }

  /// What production runs with: a full audit a day, an hour of grace.
  public static UpkeepSettings standard() {
    return new UpkeepSettings(
        RepairPolicy.standard(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofDays(1),
        List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(3)),
        16_000_000,
        100_000_000);
  }

  /// Seconds instead of hours, for trying it out.
  public static UpkeepSettings fast() {
    return new UpkeepSettings(
        RepairPolicy.fast(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
        16_000_000,
        100_000_000);
  }

  /// The same with other rates and a pass of another length.
  public UpkeepSettings with(Duration pass, long auditRate, long repairRate) {
    return new UpkeepSettings(
        repair,
        watchInterval,
        memberRest,
        surveyInterval,
        pass,
        auditRetries,
        auditRate,
        repairRate);
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: more than nothing)");
    }
  }
}
