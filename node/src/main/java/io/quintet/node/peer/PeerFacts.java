package io.quintet.node.peer;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a node says about itself in `/status`: claims, good enough to choose whom to ask first.
///
/// @param freeBytes how many more bytes it would take, never negative
/// @param ready whether it takes chunks
/// @param leaving whether it is leaving for good (it unjoins) and takes no more chunks
/// @param labels what its owner says about it, at most 32
public record PeerFacts(
    long freeBytes, boolean ready, boolean leaving, Map<String, String> labels) {
  /// Keeps its own copy, sorted.
  public PeerFacts {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }
}
