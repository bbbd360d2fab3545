package io.quintet.scripts.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quintet.scripts.bench.fresh.RecordLookups;
import io.quintet.scripts.bench.process.Nodes;
import io.quintet.scripts.cluster.Launcher;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that was never started before, as `scripts/bench fresh` measures it, small.
class FreshClusterIT {
  private static final int NODES = 8;
  private static final int RECORDS = 200;
  private static final double SECONDS = 5;

  /// A machine that many share makes everything late, but not for ever.
  private static final double SHARED_MAX = 12;

  @TempDir Path dir;

  @Test
  void everyRecordIsFoundFromTheFifthSecondAfterTheLastNodeWasReady() throws Exception {
    Map<String, Integer> holders = new LinkedHashMap<>();
    for (int number = 1; number <= NODES; number++) {
      int first = RECORDS * (number - 1) / NODES;
      Path data = Files.createDirectories(dir.resolve("node-" + number));
      int count = RECORDS * number / NODES - first;
      for (String id : StoredChunks.writeSingle(data, first, count)) {
        holders.put(id, number);
      }
    }
    try (Nodes nodes = Nodes.startUntilReady(launcher(), dir, NODES)) {
      long ready = System.nanoTime();
      double bound = SECONDS * shared();
      try (RecordLookups lookups = RecordLookups.open(nodes.network(), dir.resolve("state"))) {
        List<String> wanted = List.copyOf(holders.keySet());
        Map<String, String> missing;
        double asked;
        double answered;
        do {
          asked = (System.nanoTime() - ready) / 1e9;
          Duration limit = Duration.ofMillis((long) (2_000 * bound));
          missing = missing(holders, nodes.ids(), lookups.holders(wanted, limit));
          answered = (System.nanoTime() - ready) / 1e9;
        } while (!missing.isEmpty() && answered < bound);
        System.out.printf(
            "%d records asked for %.1f s after the last of %d nodes was ready (owed: %.0f s;"
                + " machine shared %.1f times), %.1f s later %d were known%n",
            RECORDS,
            asked,
            NODES,
            SECONDS,
            bound / SECONDS,
            answered - asked,
            RECORDS - missing.size());
        assertEquals(Map.of(), missing, "records that do not name their holder");
      }
    }
  }

  /// The records that do not name their holder, with the name of its directory.
  private static Map<String, String> missing(
      Map<String, Integer> holders, List<String> nodes, Map<String, List<String>> found) {
    Map<String, String> missing = new LinkedHashMap<>();
    holders.forEach((id, number) -> {
      if (!found.getOrDefault(id, List.of()).contains(nodes.get(number - 1))) {
        missing.put(id, "node-" + number);
      }
    });
    return missing;
  }

  private static Launcher launcher() {
    return new Launcher(
        Path.of(Objects.requireNonNull(System.getProperty(Launcher.PROPERTY))), null);
  }

  /// How many processes want each processor.
  private static double shared() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    // The nodes that have just started are in it themselves.
    return Math.clamp((load - NODES) / Runtime.getRuntime().availableProcessors(), 1, SHARED_MAX);
  }
}
