package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.records.Burial;
import java.util.Map;

/// What one node did with the tombstones that it was given.
///
/// @param outcomes by chunk; empty when the node did not answer
public record BurialAnswer(Contact node, Map<Key, Burial> outcomes) {
  /// Keeps its own copy.
  public BurialAnswer {
    outcomes = Map.copyOf(outcomes);
  }
}
