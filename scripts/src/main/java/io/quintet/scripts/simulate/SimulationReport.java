package io.quintet.scripts.simulate;

import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.dht.sim.Scenario;
import io.quintet.dht.sim.SimulationResult;
import java.util.Locale;

/// What came of a simulation, for people and for programs.
///
/// @param replay the command that runs this history again
/// @param seconds of real time that it took
record SimulationReport(
    Scenario scenario, long seed, String replay, double seconds, SimulationResult result) {

  /// Everything but `seconds` is the same on every machine.
  JsonLine json() {
    return JsonLine.event("result")
        .with("scenario", scenario.commandName())
        .with("nodes", result.nodes())
        .with("seed", seed)
        .with("traceHash", traceHash())
        .with("nodesLive", result.nodesLive())
        .with("events", result.events())
        .with("messages", result.messages())
        .with("virtualSeconds", result.virtualSeconds())
        .with("seconds", seconds)
        .with("lookups", result.lookups())
        .with("lookupsSucceeded", result.lookupsSucceeded())
        .with("recallMean", result.recallMean())
        .with("hopsMean", result.hopsMean())
        .with("rpcsPerLookupMean", result.rpcsPerLookupMean())
        .with("membersMean", result.membersMean())
        .with("keysSearched", result.keysSearched())
        .with("keysFound", result.keysFound())
        .with("keysFoundAny", result.keysFoundAny())
        .with("rpcsPerSearchMean", result.rpcsPerSearchMean())
        .with("replay", replay);
  }

  String text() {
    String text =
        String.format(
            Locale.ROOT,
            """
            history      %,d events, %,d messages, %.1f virtual seconds
            trace hash   %s
            nodes        %,d at the end, each knowing %.1f others
            """,
            result.events(),
            result.messages(),
            result.virtualSeconds(),
            traceHash(),
            result.nodesLive(),
            result.membersMean());
    if (result.lookups() > 0) {
      text += lookups();
    }
    if (result.keysSearched() > 0) {
      text += searches();
    }
    return text
        + "%s in %s; again: %s"
            .formatted(Amounts.count(result.nodes(), "node"), Amounts.seconds(seconds), replay);
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
