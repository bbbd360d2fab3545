package io.quintet.node.edge;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells one listener what changes: about once a second, one JSON object for each part of the node
/// that is not as it was. Nothing is queued for a listener that does not read: it is let go.
///
/// Owned by the event loop of its connection.
final class EventStream {
  private static final long LOOK_MILLIS = 1_000;
  private static final int LOOKS_PER_PING = 10;

  /// A listener that did not answer so many pings is gone.
  private static final int PINGS_UNANSWERED_MAX = 3;

  /// RFC 6455, section 7.4.1.
  private static final short UNSUPPORTED = 1003;

  private static final short POLICY = 1008;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final NodeFacts facts;
  private final Map<String, JsonObject> told = new HashMap<>();
  private Set<String> members = Set.of();
  private long looks;
  private int unanswered;

  EventStream(Vertx vertx, ServerWebSocket socket, NodeFacts facts) {
    this.vertx = vertx;
    this.socket = socket;
    this.facts = facts;
  }

  /// Says how everything is, and goes on until the connection closes.
  void begin() {
    socket.exceptionHandler(cause -> socket.close());
    socket.pongHandler(pong -> unanswered = 0);
    socket.frameHandler(frame -> {
      if (frame.isText() || frame.isBinary()) {
        socket.close(UNSUPPORTED, "nothing is expected from a listener");
      }
    });
    look();
    again();
  }

  private void again() {
    vertx.setTimer(
        LOOK_MILLIS,
        fired -> {
          if (!socket.isClosed()) {
            look();
            again();
          }
        });
  }

  private void look() {
    if (socket.writeQueueFull() || unanswered > PINGS_UNANSWERED_MAX) {
      socket.close(POLICY, "the listener does not keep up");
      return;
    }
    JsonObject status = facts.status();
    tellPeers();
    tell("transfers", transfers(status));
    tell("replicas", status.getJsonObject("replicas", new JsonObject()));
    JsonObject work = status.getJsonObject("work", new JsonObject());
    for (String name : work.fieldNames()) {
      tell(name, work.getJsonObject(name));
    }
    looks++;
    if (looks % LOOKS_PER_PING == 0) {
      unanswered++;
      socket.writePing(Buffer.buffer());
    }
  }

  private static JsonObject transfers(JsonObject status) {
    JsonObject transfers = new JsonObject();
    for (String figure : List.of("chunks", "bytes", "freeBytes", "uploads")) {
      transfers.put(figure, status.getValue(figure));
    }
    return transfers;
  }

  private void tellPeers() {
    Set<String> now = Set.copyOf(facts.members());
    if (looks > 0 && now.equals(members)) {
      return;
    }
    Set<String> joined = new HashSet<>(now);
    joined.removeAll(members);
    Set<String> left = new HashSet<>(members);
    left.removeAll(now);
    members = now;
    send(
        new JsonObject()
            .put("event", "peers")
            .put("members", now.size())
            .put("joined", joined.stream().sorted().toList())
            .put("left", left.stream().sorted().toList()));
  }

  /// Says how the part `name` is, unless the listener knows.
  private void tell(String name, JsonObject part) {
    if (!part.equals(told.put(name, part))) {
      send(new JsonObject().put("event", name).mergeIn(part));
    }
  }

  private void send(JsonObject event) {
    socket.writeTextMessage(event.encode());
  }
}
