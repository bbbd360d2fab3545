package io.quintet.scripts.torture;

import io.quintet.scripts.cluster.Launcher;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs one scenario in a directory of its own.
///
/// @param seed what everything random grows from; processes and disks have a will of their own, so
///   the same seed gives the same plan and not the same history
/// @param lengths how long each scenario goes on
/// @param shutdown says which failure is none
record Torture(
    Launcher launcher, long seed, Function<Scenario, Length> lengths, Shutdown shutdown) {
  TortureReport.Entry run(Scenario scenario) {
    String obstacle = scenario.obstacle().orElse("");
    if (!obstacle.isEmpty()) {
      return new TortureReport.Entry(
          scenario, TortureReport.Verdict.SKIPPED, obstacle, 0, 0, Map.of());
    }
    long began = System.nanoTime();
    Length length = lengths.apply(scenario);
    Trial[] trial = new Trial[1];
    TortureReport.Verdict verdict = TortureReport.Verdict.PASSED;
    String reason = "";
    try {
      Path dir = Files.createTempDirectory("quintet-torture");
      try (Arena arena = new Arena(dir, launcher)) {
        Random random = new Random(seed ^ scenario.name().hashCode());
        trial[0] = new Trial(arena, random, length.rounds(), length.seconds());
        endWithThisProcess(arena);
        scenario.run(trial[0]);
      } finally {
        remove(dir);
      }
    } catch (Exception e) {
      boolean ended = e instanceof InterruptedException || shutdown.isBehindIt();
      verdict = ended ? TortureReport.Verdict.ENDED : TortureReport.Verdict.FAILED;
      reason =
          ended
              ? "ended by a signal"
              : String.valueOf(e instanceof BrokenPromiseException ? e.getMessage() : e);
    }
    double took = (System.nanoTime() - began) / 1e9;
    return trial[0] == null
        ? new TortureReport.Entry(scenario, verdict, reason, 0, took, Map.of())
        : new TortureReport.Entry(
            scenario, verdict, reason, trial[0].rounds(), took, trial[0].figures());
  }

  /// Whatever ends this process ends the arena's processes.
  static void endWithThisProcess(Arena arena) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                arena.close();
              } catch (Exception e) {
                System.err.println("cannot clean up: " + e);
              }
            }));
  }

  /// Removes a tree without following links.
  private static void remove(Path dir) throws IOException {
    Files.walkFileTree(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
