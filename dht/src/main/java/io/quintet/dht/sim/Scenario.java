package io.quintet.dht.sim;

import java.util.Locale;

/// What happens to a simulated network.
public enum Scenario {
  /// Everybody joins, then lookups.
  JOIN,
  /// Nodes die and new ones join at 20 % per hour, with lookups all the time.
  CHURN,
  /// 40 % of the nodes die at once, with lookups soon after and later.
  FAILURE,
  /// The network falls into halves for a while and heals, with lookups afterwards.
  PARTITION,
  /// Nodes provide keys; four of five providers of each key die; the keys are searched.
  PROVIDERS;

  /// The name on the command line.
  public String commandName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The scenario of this name.
  ///
  /// @throws IllegalArgumentException when there is none, naming those that exist
  public static Scenario named(String name) {
    StringBuilder known = new StringBuilder();
    for (Scenario each : values()) {
      if (each.commandName().equals(name)) {
        return each;
      }
      known.append(known.isEmpty() ? "" : ", ").append(each.commandName());
    }
    throw new IllegalArgumentException("scenario: '" + name + "' (expected: " + known + ")");
  }
}
