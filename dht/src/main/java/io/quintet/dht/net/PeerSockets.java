package io.quintet.dht.net;

import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.mdns.MdnsBrowser;
import io.quintet.dht.net.mdns.MdnsResponder;
import io.quintet.dht.net.udp.BeaconJson;
import io.quintet.dht.net.udp.BeaconSocket;
import io.quintet.dht.net.udp.Inquiry;
import io.quintet.dht.net.udp.NodeBeacon;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The UDP side of a [DhtPeer]: a socket to ask from, and a node's beacon. Belongs to the engine's
/// context.
final class PeerSockets {
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long PAUSE_MILLIS_MAX = 30_000;
  private static final Logger LOG = LoggerFactory.getLogger(PeerSockets.class);

  /// When a node that found nobody says so.
  private static final long ALONE_MILLIS = 4_500;

  private final Vertx vertx;
  private final PeerParts parts;
  private final Inquiry inquiry;
  private final MdnsBrowser browser;
  private final @Nullable NodeBeacon beacon;
  private List<MdnsResponder> responders = List.of();
  private final SecureRandom random = new SecureRandom();
  private Runnable afterRound = () -> {};
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private boolean closed;

  private PeerSockets(
      Vertx vertx,
      PeerParts parts,
      Inquiry inquiry,
      MdnsBrowser browser,
      @Nullable NodeBeacon beacon) {
    this.vertx = vertx;
    this.parts = parts;
    this.inquiry = inquiry;
    this.browser = browser;
    this.beacon = beacon;
  }

  /// Opens a client's socket.
  static Future<PeerSockets> ofClient(Vertx vertx, PeerParts parts) {
    return asking(vertx, parts, null, null);
  }

  /// Opens a node's sockets, and starts its beacon and its search for others.
  static Future<PeerSockets> ofNode(Vertx vertx, PeerParts parts, Contact self, NodeOptions node) {
    DhtOptions options = parts.options();
    BeaconJson json = new BeaconJson(options.network());
    NodeBeacon.Role role =
        new NodeBeacon.Role(
            self,
            node.elsewhere() == null ? null : self.host(),
            node.boot(),
            node.holds(),
            () -> parts.loop().members().size(),
            parts.seeking()::greeted,
            contact -> parts.loop().post(new DhtEvent.LeaveHint(contact)));
    return BeaconSocket.open(vertx, options.udpPort(), json, options.interfaces())
        .recover(cause -> Future.failedFuture(notBound(options.udpPort(), cause)))
        .compose(shared -> {
          NodeBeacon beacon =
              new NodeBeacon(vertx, shared, options.udpPort(), role, new SecureRandom());
          return asking(vertx, parts, self.id(), beacon)
              .onSuccess(sockets -> {
                beacon.start();
                parts.loop().whenSilent(beacon::sayGoodbyeFor);
                sockets.seek();
                vertx.setTimer(ALONE_MILLIS, fired -> sockets.warnIfAlone());
                sockets.becomeVisible(self);
              });
        });
  }

  private static Future<PeerSockets> asking(
      Vertx vertx, PeerParts parts, @Nullable Key self, @Nullable NodeBeacon beacon) {
    DhtOptions options = parts.options();
    return inquiry(vertx, parts, self)
        .compose(inquiry ->
            MdnsBrowser.open(
                    vertx, options.interfaces(), options.network(), self, parts.seeking()::heard)
                .map(browser -> new PeerSockets(vertx, parts, inquiry, browser, beacon)));
  }

  private void becomeVisible(Contact self) {
    DhtOptions options = parts.options();
    MdnsResponder.start(vertx, options.interfaces(), self, options.network(), random)
        .onSuccess(started -> {
          responders = started;
          if (closed) {
            responders.forEach(MdnsResponder::close);
          }
        });
  }

  Inquiry inquiry() {
    return inquiry;
  }

  /// One line per path, for people: what was tried and what it answered.
  List<String> report() {
    return parts.seeking().report(inquiry, browser);
  }

  /// What to run after each round of a node's search.
  void whenSeeking(Runnable after) {
    this.afterRound = after;
  }

  /// A search for `wanted` nodes.
  Discovery discovery(Seeking seeking, int needed, int wanted) {
    return new Discovery(
        vertx,
        parts.loop(),
        seeking,
        () -> seeking.round(inquiry, browser),
        needed,
        wanted,
        random);
  }

  /// Says GOODBYE and closes the sockets.
  Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    Future<Void> quiet = beacon == null ? Future.succeededFuture() : beacon.close();
    responders.forEach(MdnsResponder::close);
    return quiet.eventually(inquiry::close).eventually(browser::close);
  }

  /// Stops calls and signatures.
  Future<Void> closeCalls() {
    return parts.close();
  }

  /// A node seeks again and again while it is alone, or an address it was told does not answer.
  private void seek() {
    if (closed) {
      return;
    }
    if (parts.loop().members().isEmpty() || !parts.seeking().isComplete()) {
      parts.seeking().round(inquiry, browser);
    }
    afterRound.run();
    vertx.setTimer(pauseMillis, fired -> seek());
    pauseMillis = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX);
  }

  /// The first node of a network is alone, too; everybody else's owner must hear why.
  private void warnIfAlone() {
    if (!closed && parts.loop().members().isEmpty()) {
      LOG.warn(
          "found nobody in network '{}' yet (which is fine for its first node); tried {}",
          parts.options().network(),
          String.join("; ", report()));
    }
  }

  private static Future<Inquiry> inquiry(Vertx vertx, PeerParts parts, @Nullable Key self) {
    DhtOptions options = parts.options();
    BeaconJson json = new BeaconJson(options.network());
    return BeaconSocket.open(vertx, 0, json, options.interfaces())
        .map(socket -> {
          socket.ignore(self);
          return new Inquiry(vertx, socket, options.udpPort(), parts.seeking()::greeted);
        });
  }

  private static Throwable notBound(int port, Throwable cause) {
    return new java.io.IOException(
        "UDP port " + port + " cannot be bound (" + cause.getMessage() + ")", cause);
  }
}
