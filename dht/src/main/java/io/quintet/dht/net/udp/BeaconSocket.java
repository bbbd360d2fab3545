package io.quintet.dht.net.udp;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.LiteralAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UDP socket that speaks one network's beacons on the chosen interfaces: drops what comes from
/// elsewhere, too fast, or is no beacon, and counts it.
public final class BeaconSocket {
  private static final Logger LOG = LoggerFactory.getLogger(BeaconSocket.class);
  private static final int PER_SOURCE_PER_SECOND = 1_024;
  private static final int PER_SECOND = 4_096;

  /// Who hears the beacons that pass.
  @FunctionalInterface
  public interface Listener {
    /// A beacon came in.
    ///
    /// @param source where from; `host()` is a literal address
    /// @param sizeBytes of the datagram: no answer may be longer
    void heard(Beacon beacon, SocketAddress source, int sizeBytes);
  }

  private final DatagramSocket socket;
  private final BeaconJson json;
  private final List<ChosenInterface> interfaces;
  private final SourceLimit limit = new SourceLimit(PER_SOURCE_PER_SECOND, PER_SECOND);
  private Listener listener = (beacon, source, size) -> {};
  private long dropped;

  private BeaconSocket(DatagramSocket socket, BeaconJson json, List<ChosenInterface> interfaces) {
    this.socket = socket;
    this.json = json;
    this.interfaces = interfaces;
  }

  /// Opens a socket on the current context.
  ///
  /// @param port shared with other processes of this machine; 0 for one of its own
  public static Future<BeaconSocket> open(
      Vertx vertx, int port, BeaconJson json, List<ChosenInterface> interfaces) {
    DatagramSocketOptions options = new DatagramSocketOptions().setBroadcast(true);
    if (port != 0) {
      options.setReuseAddress(true).setReusePort(true);
    }
    DatagramSocket socket = vertx.createDatagramSocket(options);
    BeaconSocket beacons = new BeaconSocket(socket, json, interfaces);
    socket.handler(beacons::received);
    socket.exceptionHandler(cause -> LOG.debug("UDP port {}", port, cause));
    // A socket that is bound to one address hears no broadcast.
    return socket.listen(port, "0.0.0.0").map(beacons);
  }

  /// Who hears from now on.
  public void listen(Listener heard) {
    this.listener = heard;
  }

  /// Sends to one socket.
  public void send(Beacon beacon, SocketAddress to) {
    send(json.encode(beacon), to.port(), to.hostAddress());
  }

  /// Sends an answer unless it would be longer than the question.
  void answer(Beacon beacon, SocketAddress to, int questionBytes) {
    Buffer datagram = json.encode(beacon);
    if (datagram.length() <= questionBytes) {
      send(datagram, to.port(), to.hostAddress());
    }
  }

  /// Sends to everybody on the chosen interfaces.
  public void broadcast(Beacon beacon, int port) {
    Buffer datagram = json.encode(beacon);
    for (ChosenInterface each : interfaces) {
      for (InetAddress address : each.broadcastAddresses()) {
        send(datagram, port, address.getHostAddress());
      }
    }
  }

  /// The node that a beacon speaks of. It is where the beacon came from, or at `host` if that is on
  /// the subnet of a chosen interface, so that nobody can point a whole network at a machine
  /// elsewhere.
  ///
  /// @return null when the address is none that can be told to others
  @Nullable Contact contact(Key id, @Nullable String host, int port, SocketAddress source) {
    String from = source.hostAddress();
    String at =
        host != null && LiteralAddress.isTellable(host, from) && isLocal(host) ? host : from;
    return LiteralAddress.isUnicast(at) ? new Contact(id, at, port) : null;
  }

  /// How many datagrams were dropped.
  public long dropped() {
    return dropped;
  }

  /// Closes the socket.
  public Future<Void> close() {
    return socket.close();
  }

  private void send(Buffer datagram, int port, String host) {
    socket
        .send(datagram, port, host)
        .onFailure(cause -> LOG.debug("no beacon could be sent to {}:{}", host, port, cause));
  }

  private void received(DatagramPacket packet) {
    SocketAddress source = packet.sender();
    int size = packet.data().length();
    Beacon beacon = null;
    if (size <= BeaconJson.BYTES_MAX
        && isLocal(source)
        && limit.take(source.hostAddress(), System.nanoTime())) {
      beacon = json.decode(packet.data());
    }
    if (beacon == null) {
      dropped++;
    } else {
      listener.heard(beacon, source, size);
    }
  }

  private boolean isLocal(SocketAddress source) {
    String host = source.hostAddress();
    return host != null && source.port() > 0 && isLocal(host);
  }

  private boolean isLocal(String host) {
    InetAddress address = InetAddress.ofLiteral(host);
    return interfaces.stream()
        .flatMap(each -> each.addresses().stream())
        .anyMatch(own -> own.reaches(address));
  }
}
