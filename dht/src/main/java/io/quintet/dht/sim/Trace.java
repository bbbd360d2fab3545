package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;

/// Gets a line for every event of a simulated network, in the order of execution: the history that
/// the trace hash witnesses, for a person who looks for the cause of a failure.
@FunctionalInterface
public interface Trace {
  /// Takes one line, without a line end. Equal seeds give equal lines.
  void line(String line);

  /// What an event looks like: its virtual time in milliseconds, the node that it happens to, and
  /// what it is.
  private static String of(long now, int node, String what) {
    return now + " node " + node + " " + what;
  }

  /// The line of `event`; what a scenario does itself has none.
  ///
  /// @return an empty text for none
  static String of(long now, SimEvent event) {
    return switch (event) {
      case SimEvent.Request request ->
          of(
              now,
              request.receiver(),
              "is asked by " + request.from() + " #" + request.rpcId() + ": " + of(request));
      case SimEvent.Response response ->
          of(
              now,
              response.to(),
              "hears the answer #" + response.rpcId() + ": " + of(response.response()));
      case SimEvent.Wake(int node) -> of(now, node, "wakes up");
      case SimEvent.Act _ -> "";
    };
  }

  private static String of(SimEvent.Request request) {
    return switch (request.request()) {
      case DhtRequest.Ping() -> "ping";
      case DhtRequest.FindNode(var target) -> "find_node " + target;
      case DhtRequest.FindValue find ->
          "find_value " + find.target() + " of " + find.keys().size() + " keys";
      case DhtRequest.Store store -> "store of " + store.keys().size() + " keys";
      case DhtRequest.Withdraw(var provider) -> "withdraw " + provider;
    };
  }

  private static String of(DhtResponse response) {
    return switch (response) {
      case DhtResponse.Pong(long boot) -> "pong, run " + boot;
      case DhtResponse.Nodes nodes -> nodes.contacts().size() + " contacts";
      case DhtResponse.Values values ->
          values.found().size() + " keys found, " + values.contacts().size() + " contacts";
      case DhtResponse.Stored stored -> stored.accepted() + " stored " + stored.refusal();
    };
  }
}
