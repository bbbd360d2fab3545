package io.quintet.scripts.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The arithmetic of `docs/DURABILITY.md` is what `scripts/durability` prints.
class DurabilityPageTest {
  private static final String BEGIN = "<!-- begin: scripts/durability -->\n";
  private static final String END = "<!-- end: scripts/durability -->";

  @Test
  void theTablesAreWhatTheScriptPrints() throws Exception {
    String page = SourceTree.text(SourceTree.ROOT.resolve("docs/DURABILITY.md"));
    assertEquals(run(), page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)));
  }

  @Test
  void moreCopiesAndShorterRepairsAreSafer() throws Exception {
    assertTrue(chance("mttf_years=4") < chance("mttf_years=1"));
    assertTrue(chance("send_rate=1e8") < chance("send_rate=1e6"));
    assertTrue(chance("grace_hours=1") < chance("grace_hours=100"));
  }

  /// The yearly chance of the row with five copies.
  private static double chance(String setting) throws Exception {
    List<String> cells =
        run(setting)
            .lines()
            .filter(line -> line.startsWith("| 5 |"))
            .map(line -> {
              String[] parts = line.split("\\|", -1);
              return parts[3].strip();
            })
            .toList();
    return Double.parseDouble(cells.getFirst());
  }

  private static String run(String... settings) throws IOException, InterruptedException {
    Path script = SourceTree.ROOT.resolve("scripts/durability");
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.command().addAll(List.of(settings));
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), text);
    return text;
  }
}
