package io.quintet.dht.sim;

import java.util.LinkedHashMap;
import java.util.Map;

/// What lies between the nodes: whether and when a message arrives, as a function of the seed, the
/// pair of nodes and the message's number.
final class Network {
  private final long seed;
  private final EventWheel future;
  private final Map<Integer, Integer> slowMillis = new LinkedHashMap<>();
  private Weather weather = Weather.ordinary();
  private Partition partition = Partition.NONE;
  private long messages;

  Network(long seed, EventWheel future) {
    this.seed = seed;
    this.future = future;
  }

  void weather(Weather next) {
    weather = next;
  }

  void partition(Partition next) {
    partition = next;
  }

  /// Every message from and to this node takes so much longer; 0 for no longer.
  void slow(int index, int millis) {
    if (millis == 0) {
      slowMillis.remove(index);
    } else {
      slowMillis.put(index, millis);
    }
  }

  long messages() {
    return messages;
  }

  /// Whether the network lets anything through from one node to another now.
  boolean passes(int from, int to, long now) {
    return partition.passes(from, to, now);
  }

  /// Sends `message`, which then arrives never, once or twice.
  ///
  /// @param to negative for an address where nobody is
  void send(int from, int to, long now, SimEvent message) {
    long number = messages++;
    if (to < 0 || !partition.passes(from, to, now)) {
      return;
    }
    long pair = Weather.pair(from, to);
    if (weather.loses(seed, pair, number)) {
      return;
    }
    long slow =
        slowMillis.isEmpty()
            ? 0
            : slowMillis.getOrDefault(from, 0) + slowMillis.getOrDefault(to, 0);
    future.add(now + slow + weather.delayMillis(seed, pair, number), message);
    if (weather.doubles(seed, pair, number)) {
      future.add(now + slow + weather.delayMillis(seed, pair, ~number), message);
    }
  }
}
