package io.quintet.dht.net.mdns;

import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.LiteralAddress;
import io.quintet.dht.net.udp.BeaconPath;
import io.quintet.dht.net.udp.SourceLimit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks by mDNS which nodes there are, with one-shot queries from a port of its own (RFC 6762,
/// section 5.1): every node answers to that port, and no cache is kept.
public final class MdnsBrowser {
  private static final int PER_SOURCE_PER_SECOND = 64;
  private static final int PER_SECOND = 2_048;

  private final List<ChosenInterface> interfaces;
  private final String network;
  private final @Nullable Key self;
  private final Consumer<Contact> heard;
  private final SourceLimit limit = new SourceLimit(PER_SOURCE_PER_SECOND, PER_SECOND);
  private final List<BeaconPath> paths = new ArrayList<>();

  private MdnsBrowser(
      List<ChosenInterface> interfaces,
      String network,
      @Nullable Key self,
      Consumer<Contact> heard) {
    this.self = self;
    this.interfaces = interfaces;
    this.network = network;
    this.heard = heard;
  }

  /// Opens a socket on each of `interfaces` that mDNS is spoken on, on the current context.
  ///
  /// @param self the node that asks, which is no news to it; null for a client
  /// @param heard gets every node of `network` that answers; nothing about it is proven
  public static Future<MdnsBrowser> open(
      Vertx vertx,
      List<ChosenInterface> interfaces,
      String network,
      @Nullable Key self,
      Consumer<Contact> heard) {
    MdnsBrowser browser = new MdnsBrowser(interfaces, network, self, heard);
    List<Future<?>> opening = new ArrayList<>();
    for (ChosenInterface via : interfaces) {
      Mdns.address(via).ifPresent(from -> opening.add(browser.open(vertx, via, from)));
    }
    return Future.join(opening).transform(done -> Future.succeededFuture(browser));
  }

  private Future<?> open(Vertx vertx, ChosenInterface via, Inet4Address from) {
    String name = "mDNS on " + via.name();
    DatagramSocket socket =
        vertx.createDatagramSocket(
            new DatagramSocketOptions()
                .setMulticastNetworkInterface(via.name())
                .setMulticastTimeToLive(Mdns.TIME_TO_LIVE));
    BeaconPath path = new BeaconPath(name, via, socket, List.of(Mdns.GROUP));
    socket.handler(packet -> received(path, packet));
    return socket
        .listen(0, from.getHostAddress())
        .onSuccess(open -> paths.add(path))
        .onFailure(cause -> {
          socket.close();
          paths.add(BeaconPath.closed(name, via, cause));
        });
  }

  /// Asks; on the context that opened it.
  public void ask() {
    DnsMessage question =
        new DnsMessage(
            1,
            false,
            List.of(new DefaultDnsQuestion(NodeService.TYPE, DnsRecordType.PTR)),
            List.of());
    Buffer datagram = question.encode();
    paths.forEach(path -> path.send(datagram, Mdns.PORT));
  }

  /// One line for people on each interface.
  public List<String> report() {
    return paths.isEmpty()
        ? List.of("mDNS: no chosen interface has multicast (loopback is never used for it)")
        : paths.stream().map(path -> path.report(Mdns.PORT)).toList();
  }

  /// How many nodes answered, whatever they proved.
  public int heardCount() {
    return paths.stream().mapToInt(BeaconPath::heardCount).max().orElse(0);
  }

  /// Closes the sockets.
  public Future<Void> close() {
    return Future.join(
            paths.stream()
                .map(BeaconPath::socket)
                .filter(Objects::nonNull)
                .map(DatagramSocket::close)
                .toList())
        .mapEmpty();
  }

  private void received(BeaconPath path, DatagramPacket packet) {
    String host = packet.sender().hostAddress();
    if (host == null
        || !(InetAddress.ofLiteral(host) instanceof Inet4Address from)
        || !path.via().reaches(from)
        || !limit.take(host, System.nanoTime())) {
      return;
    }
    DnsMessage message = DnsMessage.decode(packet.data());
    if (message != null && message.isResponse()) {
      for (Contact told : Browsing.nodes(message, network)) {
        if (Objects.equals(told.id(), self)) {
          continue;
        }
        path.heard(told.id());
        heard.accept(reachable(told, host));
      }
    }
  }

  /// As with beacons, another address than the sender's is believed on a chosen subnet alone.
  private Contact reachable(Contact told, String source) {
    boolean near =
        LiteralAddress.isUnicast(told.host())
            && LiteralAddress.isTellable(told.host(), source)
            && interfaces.stream()
                .anyMatch(each -> each.reaches(InetAddress.ofLiteral(told.host())));
    return near ? told : new Contact(told.id(), source, told.port());
  }
}
