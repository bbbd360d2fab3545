package io.quintet.scripts.simulate.durability;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What came of a run.
///
/// @param events that were executed
/// @param virtualSeconds that passed
/// @param traceHash the witness of the whole history
/// @param figures by name, in the order in which they are to be shown: whole numbers and doubles
public record DurabilityResult(
    long events, double virtualSeconds, long traceHash, Map<String, Object> figures) {
  /// Keeps its own copy.
  public DurabilityResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
