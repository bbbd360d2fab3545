package io.quintet.scripts.simulate;

import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.scripts.simulate.durability.DurabilityOptions;
import io.quintet.scripts.simulate.durability.DurabilityResult;
import java.util.Locale;
import java.util.Map;

/// What came of a durability scenario, for people and for programs.
///
/// @param seconds of real time that it took
record DurabilityReport(DurabilityOptions options, double seconds, DurabilityResult result) {
  /// Everything but `seconds` and what follows from it is the same on every machine.
  JsonLine json() {
    return JsonLine.event("result")
        .with("scenario", "durability")
        .with("nodes", options.nodes())
        .with("chunks", options.chunks())
        .with("years", options.years())
        .with("seed", options.seed())
        .with("traceHash", traceHash())
        .with("events", result.events())
        .with("virtualSeconds", result.virtualSeconds())
        .with("seconds", seconds)
        .with("eventsPerSecond", Math.round(result.events() / seconds))
        .with("timesRealTime", result.virtualSeconds() / seconds)
        .withAll(result.figures())
        .with("replay", options.command());
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                history      %,d events, %,d chunks for %,d virtual years
                trace hash   %s
                """,
                result.events(),
                options.chunks(),
                options.years(),
                traceHash()));
    for (Map.Entry<String, Object> figure : result.figures().entrySet()) {
      String shown =
          switch (figure.getValue()) {
            case Double number -> String.format(Locale.ROOT, "%.5f", number);
            case Long number -> String.format(Locale.ROOT, "%,d", number);
            case Integer number -> String.format(Locale.ROOT, "%,d", number);
            case Object other -> other.toString();
          };
      text.append(String.format(Locale.ROOT, "%-24s %s%n", figure.getKey(), shown));
    }
    return text
        + Amounts.count(options.nodes(), "node")
        + " in "
        + Amounts.seconds(seconds)
        + "; again: "
        + options.command();
  }

  private String traceHash() {
    return String.format(Locale.ROOT, "%016x", result.traceHash());
  }
}
