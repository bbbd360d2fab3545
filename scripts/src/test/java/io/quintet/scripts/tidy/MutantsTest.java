package io.quintet.scripts.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The mutants that `scripts/mutants` tries must follow the code as it changes. Whether tests kill
/// them is not looked at here: that takes minutes.
class MutantsTest {
  private static final int ENGINE_RULES_MIN = 15;

  @Test
  void everyMutantStillApplies(@TempDir Path folder) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder("bash", SourceTree.ROOT.resolve("scripts/mutants").toString(), "--check")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, "scripts/mutants --check does not end");
    assertEquals(0, process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
  }

  @Test
  void theRulesOfTheEngineHaveTheirMutants() {
    int mutants = SourceTree.files("scripts/mutants\\.d/dht/.*\\.mutant").size();
    assertTrue(mutants >= ENGINE_RULES_MIN, mutants + " mutants of the engine");
  }
}
