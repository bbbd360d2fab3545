package io.quintet.dht.sim;

import java.util.Locale;

/// What happens to a simulated network.
public enum Scenario {
  /// Everybody joins, then lookups. More than [#JOINED_MAX] nodes do not join one by one: they
  /// start with filled tables.
  JOIN(1_000_000),
  /// Nodes die and new ones join at 20 % per hour, with lookups all the time; then half an hour of
  /// a small network that loses half of its beacons.
  CHURN(1_000_000),
  /// 40 % of the nodes die at once, with lookups soon after; some come back, some are slow, some
  /// clocks jump, with lookups again; then deaths in a small network that loses a tenth of all
  /// messages.
  FAILURE(100_000),
  /// The network breaks in six ways for a while and heals, with lookups after each.
  PARTITION(100_000),
  /// 20 % and 50 % of the nodes are one adversary's, evenly spread, with lookups and searches on
  /// eight paths.
  SYBIL(10_000),
  /// As sybil, but the adversary's ids are all nearer to one key than any honest node's.
  ECLIPSE(10_000),
  /// Nodes keep 1, 1,000, 10,000, 100,000 and 1,000,000 chunks each announced.
  REPUBLISH(10_000),
  /// Nodes provide keys; a fifth of the nodes dies, then 20 % per hour are replaced; the keys are
  /// searched all the time.
  PROVIDERS(100_000);

  /// The largest network whose nodes join one by one.
  public static final int JOINED_MAX = 20_000;

  private final int nodesMax;

  Scenario(int nodesMax) {
    this.nodesMax = nodesMax;
  }

  /// The largest network that this is played with.
  public int nodesMax() {
    return nodesMax;
  }

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
