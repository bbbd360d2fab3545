package io.quintet.scripts.torture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run found, for people and for programs.
final class TortureReport {
  /// How a scenario ended.
  enum Verdict {
    PASSED,
    FAILED,
    SKIPPED,
    /// By a signal: nothing was wrong until then.
    ENDED
  }

  /// One scenario's part.
  ///
  /// @param reason why it did not pass, else empty
  /// @param figures counts and measurements, in order
  record Entry(
      Scenario scenario,
      Verdict verdict,
      String reason,
      int rounds,
      double seconds,
      Map<String, Object> figures) {}

  private final String command;
  private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final List<Entry> entries = new ArrayList<>();

  /// @param command replays the run
  TortureReport(String command) {
    this.command = command;
  }

  void add(Entry entry) {
    entries.add(entry);
  }

  boolean failed() {
    return entries.stream().anyMatch(entry -> entry.verdict == Verdict.FAILED);
  }

  /// Whether a signal came before the end.
  boolean ended() {
    return entries.stream().anyMatch(entry -> entry.verdict == Verdict.ENDED);
  }

  /// All in one sentence.
  String summary() {
    String until = ended() ? " until a signal ended the run" : "";
    return failed() ? "a promise was broken" : "no promise was broken" + until;
  }

  ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("event", "result").put("command", command).put("began", began.toString());
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("java", Runtime.version().toString());
    json.put("passed", !failed() && !ended());
    ArrayNode scenarios = json.putArray("scenarios");
    for (Entry entry : entries) {
      ObjectNode one = scenarios.addObject();
      one.put("name", entry.scenario.name())
          .put("verdict", word(entry.verdict))
          .put("reason", entry.reason)
          .put("rounds", entry.rounds)
          .put("seconds", Math.round(entry.seconds * 10) / 10.0);
      ObjectNode figures = one.putObject("figures");
      entry.figures.forEach(figures::putPOJO);
    }
    return json;
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# Torture report\n\n");
    text.append("`")
        .append(command)
        .append("` began ")
        .append(began)
        .append(" on ")
        .append(Runtime.getRuntime().availableProcessors())
        .append(" processors, Java ")
        .append(Runtime.version())
        .append(". ");
    text.append("The result: ").append(failed() ? "**" + summary() + "**" : summary()).append('.');
    text.append("\n\n| scenario | verdict | rounds | seconds | figures |\n|---|---|--:|--:|---|\n");
    for (Entry entry : entries) {
      text.append(
          "| %s | %s | %d | %.1f | %s |\n"
              .formatted(
                  entry.scenario.name(),
                  word(entry.verdict),
                  entry.rounds,
                  entry.seconds,
                  entry.reason.isEmpty() ? figures(entry) : entry.reason + "; " + figures(entry)));
    }
    text.append('\n');
    entries.forEach(entry ->
        text.append("- **")
            .append(entry.scenario.name())
            .append("**: ")
            .append(entry.scenario.what())
            .append(".\n"));
    return text.toString();
  }

  /// One line for the terminal.
  static String line(Entry entry) {
    return "%-10s %-8s %4d rounds %7.1f s  %s"
        .formatted(
            entry.scenario.name(),
            word(entry.verdict),
            entry.rounds,
            entry.seconds,
            entry.reason.isEmpty() ? figures(entry) : entry.reason);
  }

  private static String figures(Entry entry) {
    return entry.figures.entrySet().stream()
        .map(figure -> figure.getKey() + " " + figure.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
