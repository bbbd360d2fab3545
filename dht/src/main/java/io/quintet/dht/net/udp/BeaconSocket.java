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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One network's beacons on the chosen interfaces, by broadcast and multicast: drops what comes
/// from elsewhere, too fast, or is no beacon, and counts it.
public final class BeaconSocket {
  static final Logger LOG = LoggerFactory.getLogger(BeaconSocket.class);
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
  private final List<BeaconPath> paths = new ArrayList<>();
  private @Nullable DatagramSocket shared6;
  private final BeaconJson json;
  private final HelloMemo memo;
  private final List<ChosenInterface> interfaces;
  private final SourceLimit limit = new SourceLimit(PER_SOURCE_PER_SECOND, PER_SECOND);
  private Listener listener = (beacon, source, size) -> {};
  private @Nullable Key self;
  private long dropped;

  private BeaconSocket(DatagramSocket socket, BeaconJson json, List<ChosenInterface> interfaces) {
    this.socket = socket;
    this.json = json;
    this.memo = new HelloMemo(json);
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
    socket.handler(packet -> beacons.received(null, packet));
    socket.exceptionHandler(cause -> LOG.debug("UDP port {}", port, cause));
    // A socket that is bound to one address hears no broadcast.
    return socket.listen(port, "0.0.0.0").compose(open -> beacons.openPaths(vertx, port));
  }

  private Future<BeaconSocket> openPaths(Vertx vertx, int port) {
    for (ChosenInterface each : interfaces) {
      if (!each.broadcastAddresses().isEmpty()) {
        paths.add(
            new BeaconPath("broadcast on " + each.name(), each, socket, each.broadcastAddresses()));
      }
    }
    if (port != 0) {
      Multicast.join(socket, Multicast.GROUP_4, interfaces);
      listen6(vertx, port);
    }
    return Multicast.open(vertx, interfaces, this::received)
        .map(more -> {
          paths.addAll(more);
          return this;
        });
  }

  /// IPv6 is an extra: a machine without it has the rest.
  private void listen6(Vertx vertx, int port) {
    if (interfaces.stream()
        .noneMatch(each -> Multicast.sender(each, Multicast.GROUP_6).isPresent())) {
      return;
    }
    DatagramSocket listening =
        vertx.createDatagramSocket(
            new DatagramSocketOptions().setIpV6(true).setReuseAddress(true).setReusePort(true));
    shared6 = listening;
    listening.handler(packet -> received(null, packet));
    listening
        .listen(port, "::")
        .onSuccess(open -> Multicast.join(listening, Multicast.GROUP_6, interfaces))
        .onFailure(cause -> LOG.debug("no beacons are heard over IPv6", cause));
  }

  /// From now on a node's own answers do not count as heard.
  public void ignore(@Nullable Key own) {
    this.self = own;
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
    paths.forEach(path -> path.send(datagram, port));
  }

  /// One line for people on each path that beacons were sent on.
  public List<String> report(int port) {
    return paths.stream().map(path -> path.report(port)).toList();
  }

  /// How many nodes were heard, whatever they proved.
  public int heardCount() {
    return paths.stream().mapToInt(BeaconPath::heardCount).max().orElse(0);
  }

  /// The node that a beacon speaks of. It is where the beacon came from, or at `host` if that is on
  /// the subnet of a chosen interface, so that nobody can point a whole network at a machine
  /// elsewhere.
  ///
  /// @return null when the address is none that can be told to others
  @Nullable Contact contact(Key id, @Nullable String host, int port, SocketAddress source) {
    String from = source.hostAddress();
    String at =
        host != null && LiteralAddress.isTellable(host, from) && localAddress(host) != null
            ? host
            : from;
    return LiteralAddress.isUnicast(at) ? new Contact(id, at, port) : null;
  }

  /// How many datagrams were dropped.
  public long dropped() {
    return dropped;
  }

  /// Closes the sockets.
  public Future<Void> close() {
    Set<DatagramSocket> sockets = new LinkedHashSet<>();
    sockets.add(socket);
    Stream.concat(paths.stream().map(BeaconPath::socket), Stream.ofNullable(shared6))
        .filter(Objects::nonNull)
        .forEach(sockets::add);
    return Future.join(sockets.stream().map(DatagramSocket::close).toList()).mapEmpty();
  }

  private void send(Buffer datagram, int port, String host) {
    DatagramSocket out = host.indexOf(':') < 0 ? socket : shared6;
    if (out == null) {
      return;
    }
    out.send(datagram, port, host)
        .onFailure(cause -> LOG.debug("no beacon could be sent to {}:{}", host, port, cause));
  }

  /// @param path whose own socket it came in at; null for the shared ones
  private void received(@Nullable BeaconPath path, DatagramPacket packet) {
    SocketAddress source = packet.sender();
    int size = packet.data().length();
    InetAddress from = source.port() > 0 ? localAddress(source.hostAddress()) : null;
    Beacon beacon = null;
    if (size <= BeaconJson.BYTES_MAX
        && from != null
        && limit.take(source.hostAddress(), System.nanoTime())) {
      beacon = memo.decode(packet.data());
    }
    if (beacon == null || from == null) {
      dropped++;
    } else {
      note(beacon, path, from);
      listener.heard(beacon, source, size);
    }
  }

  private void note(Beacon beacon, @Nullable BeaconPath on, InetAddress from) {
    if (beacon instanceof Beacon.Hello hello && !Objects.equals(hello.id(), self)) {
      BeaconPath path = on == null ? pathTo(from) : on;
      if (path != null) {
        path.heard(hello.id());
      }
    }
  }

  private @Nullable BeaconPath pathTo(InetAddress from) {
    for (BeaconPath path : paths) {
      if (path.via().reaches(from)) {
        return path;
      }
    }
    return null;
  }

  /// The address when it is on the subnet of a chosen interface, null when not. A link-local
  /// address with a zone is on none: nobody else could be told it.
  private @Nullable InetAddress localAddress(@Nullable String host) {
    if (host == null || host.indexOf('%') >= 0) {
      return null;
    }
    InetAddress address = InetAddress.ofLiteral(host);
    for (ChosenInterface each : interfaces) {
      if (each.reaches(address)) {
        return address;
      }
    }
    return null;
  }
}
