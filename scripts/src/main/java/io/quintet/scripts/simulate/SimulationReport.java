package io.quintet.scripts.simulate;

import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.dht.sim.Scenario;
import io.quintet.dht.sim.SimulationOptions;
import io.quintet.dht.sim.SimulationResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What came of a simulation, for people and for programs.
///
/// @param seconds of real time that it took
/// @param bytesPerNode of the heap that was in use at the end, everything included
record SimulationReport(
    SimulationOptions options, double seconds, double bytesPerNode, SimulationResult result) {

  /// Everything but `seconds`, what follows from it, and `bytesPerNode` is the same on every
  /// machine.
  JsonLine json() {
    JsonLine json =
        JsonLine.event("result")
            .with("scenario", options.scenario().commandName())
            .with("nodes", result.nodes())
            .with("seed", options.seed())
            .with("traceHash", traceHash())
            .with("nodesLive", result.nodesLive())
            .with("events", result.events())
            .with("messages", result.messages())
            .with("virtualSeconds", result.virtualSeconds())
            .with("seconds", seconds)
            .with("eventsPerSecond", Math.round(result.events() / seconds))
            .with("timesRealTime", result.virtualSeconds() / seconds)
            .with("bytesPerNode", Math.round(bytesPerNode))
            .with("routingBytesPerNode", result.routingBytesMean())
            .with("membersMean", result.membersMean())
            .with("filledTables", filled())
            .with("lookups", result.lookups())
            .with("lookupsSucceeded", result.lookupsSucceeded())
            .with("recallMean", result.recallMean())
            .with("hopsMean", result.hopsMean())
            .with("rpcsPerLookupMean", result.rpcsPerLookupMean())
            .with("keysSearched", result.keysSearched())
            .with("keysFound", result.keysFound())
            .with("keysFoundAny", result.keysFoundAny())
            .with("rpcsPerSearchMean", result.rpcsPerSearchMean());
    return json.withAll(rounded()).with("replay", options.command());
  }

  private boolean filled() {
    return switch (options.scenario()) {
      case JOIN, CHURN -> options.filled() || result.nodes() > Scenario.JOINED_MAX;
      case FAILURE, PARTITION, SYBIL, ECLIPSE, REPUBLISH, PROVIDERS -> false;
    };
  }

  /// Whole numbers without decimals.
  private Map<String, Object> rounded() {
    Map<String, Object> figures = new LinkedHashMap<>();
    result
        .figures()
        .forEach((name, value) -> {
          boolean share = name.contains("Percent") || name.contains("Mean");
          boolean whole = !share && value == Math.rint(value);
          figures.put(name, whole ? (Object) Math.round(value) : (Object) value);
        });
    return figures;
  }

  String text() {
    String text =
        String.format(
            Locale.ROOT,
            """
            history      %,d events, %,d messages, %.1f virtual seconds
            speed        %,.0f events per second, %,.0f times real time
            trace hash   %s
            nodes        %,d at the end, each knowing %.1f others in %,.0f bytes; %,.0f bytes of heap each
            """,
            result.events(),
            result.messages(),
            result.virtualSeconds(),
            result.events() / seconds,
            result.virtualSeconds() / seconds,
            traceHash(),
            result.nodesLive(),
            result.membersMean(),
            result.routingBytesMean(),
            bytesPerNode);
    if (result.lookups() > 0) {
      text += lookups();
    }
    if (result.keysSearched() > 0) {
      text += searches();
    }
    for (Map.Entry<String, Double> figure : result.figures().entrySet()) {
      text += String.format(Locale.ROOT, "%-28s %.5g%n", figure.getKey(), figure.getValue());
    }
    return text
        + "%s in %s; again: %s"
            .formatted(
                Amounts.count(result.nodes(), "node"), Amounts.seconds(seconds), options.command());
  }

  private String lookups() {
    return String.format(
        Locale.ROOT,
        """
        lookups      %,d of %,d found the closest node; %.1f %% of the 20 closest found
        their cost   %.1f hops, %.1f calls on average
        """,
        result.lookupsSucceeded(),
        result.lookups(),
        100 * result.recallMean(),
        result.hopsMean(),
        result.rpcsPerLookupMean());
  }

  private String searches() {
    return String.format(
        Locale.ROOT,
        """
        searches     %,d keys; every living provider found of %,d, at least one of %,d
        their cost   %.1f calls per 1,000 keys on average
        """,
        result.keysSearched(),
        result.keysFound(),
        result.keysFoundAny(),
        result.rpcsPerSearchMean());
  }

  private String traceHash() {
    return String.format(Locale.ROOT, "%016x", result.traceHash());
  }
}
