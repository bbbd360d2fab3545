package io.quintet.dht.sim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What came of a simulation.
///
/// @param nodes that were asked for
/// @param nodesLive that ran at the end
/// @param events that were executed
/// @param messages that were sent
/// @param virtualSeconds that passed
/// @param traceHash the witness of the whole history
/// @param lookups that were made
/// @param lookupsSucceeded that found the truly closest node
/// @param recallMean which share of the truly k closest nodes lookups found, on average
/// @param hopsMean longest chain of referrals per lookup, on average
/// @param rpcsPerLookupMean calls per lookup, on average
/// @param membersMean contacts per routing table, on average over a sample
/// @param keysSearched keys whose providers were searched
/// @param keysFound keys of which every living provider was found
/// @param keysFoundAny keys of which a living provider was found
/// @param rpcsPerSearchMean calls per search for providers, on average
/// @param routingBytesMean what a routing table takes of the heap, on average over a sample
/// @param figures what else the scenario measured, by name
public record SimulationResult(
    int nodes,
    int nodesLive,
    long events,
    long messages,
    double virtualSeconds,
    long traceHash,
    long lookups,
    long lookupsSucceeded,
    double recallMean,
    double hopsMean,
    double rpcsPerLookupMean,
    double membersMean,
    long keysSearched,
    long keysFound,
    long keysFoundAny,
    double rpcsPerSearchMean,
    double routingBytesMean,
    Map<String, Double> figures) {
  /// Keeps its own copy of the figures, in their order.
  public SimulationResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /// Lookups that succeeded, of those that were made; 1 when none was.
  public double lookupSuccess() {
    return lookups == 0 ? 1 : (double) lookupsSucceeded / lookups;
  }
}
