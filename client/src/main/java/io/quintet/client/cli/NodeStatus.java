package io.quintet.client.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node as it described itself: unproven text of a stranger, so every use for people goes through
/// [io.quintet.client.progress.Printable].
///
/// @param id the node's id, 64 hex digits, or empty when it did not say
/// @param url the root of its HTTP API
/// @param fields the JSON object of `GET /status`; empty when it did not answer
public record NodeStatus(String id, String url, Map<String, @Nullable Object> fields) {
  /// Whether the node answered.
  public boolean answered() {
    return !fields.isEmpty();
  }

  /// A whole number of the status, or null when it is absent or no number.
  public @Nullable Long number(String field) {
    return fields.get(field) instanceof Number number ? number.longValue() : null;
  }

  /// A text of the status, or null when it is absent or no text.
  public @Nullable String text(String field) {
    return fields.get(field) instanceof String text ? text : null;
  }
}
