package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One finished command with everything that it printed.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Run(String command, int exitCode, byte[] out, String err) {
  /// It succeeded and had nothing to say on standard error.
  Run succeeds() {
    assertEquals(0, exitCode, this::toString);
    assertEquals("", err, this::toString);
    return this;
  }

  /// It succeeded with nothing but warnings on standard error.
  ///
  /// @return the warnings
  List<String> succeedsWithWarnings() {
    assertEquals(0, exitCode, this::toString);
    List<String> warnings = err.lines().toList();
    assertTrue(warnings.stream().allMatch(Run::isWarning), this::toString);
    return warnings;
  }

  /// It failed in exactly two lines after nothing but warnings: what failed, what to do.
  ///
  /// @return the first of the two
  String failsInTwoLines(int expectedExitCode) {
    assertEquals(expectedExitCode, exitCode, this::toString);
    List<String> lines = err.lines().filter(line -> !isWarning(line)).toList();
    assertEquals(2, lines.size(), this::toString);
    assertTrue(lines.getFirst().startsWith("quintet: "), this::toString);
    assertTrue(lines.getLast().matches("  \\S.*"), this::toString);
    assertFalse(err.contains("unexpected"), this::toString);
    return lines.getFirst();
  }

  /// The result object of a command that ran with `--json`.
  JsonNode result(int expectedExitCode) {
    assertEquals(expectedExitCode, exitCode, this::toString);
    assertEquals("", err, this::toString);
    JsonNode last = json(outText().lines().toList().getLast());
    assertEquals("result", last.path("event").asText(), this::toString);
    return last;
  }

  /// The texts of the warnings of a command that ran with `--json`.
  List<String> jsonWarnings() {
    return outText()
        .lines()
        .map(Run::json)
        .filter(event -> event.path("event").asText().equals("warning"))
        .map(event -> event.path("text").asText())
        .toList();
  }

  String outText() {
    return new String(out, StandardCharsets.UTF_8);
  }

  private static boolean isWarning(String line) {
    return line.startsWith("warning: ");
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  @Override
  public String toString() {
    String shown = outText();
    return "'%s' ended with %d%nstandard output: %s%nstandard error: %s"
        .formatted(command, exitCode, shown.substring(0, Math.min(2_000, shown.length())), err);
  }
}
