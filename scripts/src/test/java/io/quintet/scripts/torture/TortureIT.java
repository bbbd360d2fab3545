package io.quintet.scripts.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quintet.scripts.cluster.Launcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A short turn of every scenario. `scripts/torture` runs them for as long as it is told.
class TortureIT {
  private static final long SEED = 4;
  private static final int ROUNDS = 3;
  private static final long SECONDS = 1;

  /// All but what measures times, as the machine that builds has other work to do, and what waits
  /// for nodes that froze, vanished or were cut off. Of the failpoints only two, which come soon.
  static List<Scenario> scenarios() {
    List<Scenario> chosen = new ArrayList<>();
    chosen.add(new FailpointScenario(List.of("put-file-renamed", "delete-tombstone-synced")));
    for (Scenario scenario : Scenarios.all()) {
      switch (scenario.name()) {
        case "pause", "flap", "scrub", "lost", "partition", "slow", "clock", "failpoints" -> {}
        default -> chosen.add(scenario);
      }
    }
    return chosen;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void nothingAcknowledgedIsLost(Scenario scenario) throws Exception {
    Launcher launcher = new Launcher(Path.of(System.getProperty(Launcher.PROPERTY)), null);
    TortureReport.Entry entry =
        new Torture(launcher, SEED, any -> new Length(ROUNDS, SECONDS), Shutdown.watch())
            .run(scenario);
    assumeTrue(entry.verdict() != TortureReport.Verdict.SKIPPED, entry.reason());
    assertEquals("", entry.reason(), () -> "seed " + SEED + " " + entry);
    assertEquals(TortureReport.Verdict.PASSED, entry.verdict());
  }
}
