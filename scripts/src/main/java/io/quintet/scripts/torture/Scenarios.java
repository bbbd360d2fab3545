package io.quintet.scripts.torture;

import io.quintet.node.fault.Failpoint;
import java.util.Arrays;
import java.util.List;

/// All scenarios, in the order in which they run.
final class Scenarios {
  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        new KillScenario(),
        new FailpointScenario(failpoints()),
        new UnjoinScenario(unjoinSteps()),
        new PowerCutScenario(),
        new RotScenario(),
        new GoneScenario(),
        new FullScenario(),
        new FsyncScenario(),
        new UnmountScenario(),
        new ForeignScenario(),
        new FlapScenario(),
        new LostScenario(),
        new PartitionScenario(),
        new SlowScenario(),
        new ClockScenario(),
        new ScrubScenario(),
        new PauseScenario());
  }

  private static List<String> failpoints() {
    return Arrays.stream(Failpoint.values())
        .map(Failpoint::commandName)
        .filter(step -> !step.startsWith("unjoin"))
        .toList();
  }

  private static List<String> unjoinSteps() {
    return Arrays.stream(Failpoint.values())
        .map(Failpoint::commandName)
        .filter(step -> step.startsWith("unjoin"))
        .toList();
  }
}
