package io.quintet.node.service;

import java.io.IOException;
import java.util.Optional;

/// Where long work writes down how far it is: one small text, replaced atomically and durably.
public interface PlaceKeeper {
  /// What was saved last; empty when there is nothing, or nothing readable.
  Optional<String> load();

  /// Replaces it.
  void save(String text) throws IOException;
}
