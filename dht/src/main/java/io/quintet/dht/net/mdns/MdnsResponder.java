package io.quintet.dht.net.mdns;

import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.quintet.dht.id.Contact;
import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.udp.SourceLimit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a node visible on one interface: announces it, answers who asks, and says when it leaves.
///
/// An answer is longer than its question, as DNS-SD has it, so answers to single askers are few and
/// stay on the subnet; the others go to the group, once a second at most.
public final class MdnsResponder {
  private static final Logger LOG = LoggerFactory.getLogger(MdnsResponder.class);
  private static final int READ_PER_SOURCE_PER_SECOND = 64;
  private static final int READ_PER_SECOND = 512;
  private static final int UNICAST_PER_SOURCE_PER_SECOND = 8;
  private static final int UNICAST_PER_SECOND = 64;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long SECOND_ANNOUNCEMENT_MILLIS = 1_000;
  private static final long ANSWER_DELAY_MIN_MILLIS = 20;
  private static final long ANSWER_DELAY_MAX_MILLIS = 120;

  private final Vertx vertx;
  private final ChosenInterface via;
  private final DatagramSocket socket;
  private final NodeService service;
  private final RandomGenerator random;
  private final SourceLimit reading = new SourceLimit(READ_PER_SOURCE_PER_SECOND, READ_PER_SECOND);
  private final SourceLimit unicast =
      new SourceLimit(UNICAST_PER_SOURCE_PER_SECOND, UNICAST_PER_SECOND);
  private @Nullable Long lastMulticastNanos;
  private boolean closed;

  private MdnsResponder(
      Vertx vertx,
      ChosenInterface via,
      DatagramSocket socket,
      NodeService service,
      RandomGenerator random) {
    this.vertx = vertx;
    this.via = via;
    this.socket = socket;
    this.service = service;
    this.random = random;
  }

  /// Starts one on each of `interfaces` that mDNS is spoken on. Where the port cannot be shared the
  /// node is not visible, and the log says so.
  public static Future<List<MdnsResponder>> start(
      Vertx vertx,
      List<ChosenInterface> interfaces,
      Contact node,
      String network,
      RandomGenerator random) {
    List<Future<MdnsResponder>> starting = new ArrayList<>();
    for (ChosenInterface via : interfaces) {
      Mdns.address(via)
          .ifPresent(address -> {
            NodeService service = new NodeService(node, network, address);
            starting.add(start(vertx, via, service, random));
          });
    }
    return Future.join(starting)
        .transform(done ->
            Future.succeededFuture(
                starting.stream()
                    .filter(Future::succeeded)
                    .map(each -> Objects.requireNonNull(each.result()))
                    .toList()));
  }

  private static Future<MdnsResponder> start(
      Vertx vertx, ChosenInterface via, NodeService service, RandomGenerator random) {
    DatagramSocketOptions options =
        new DatagramSocketOptions()
            .setReuseAddress(true)
            .setReusePort(true)
            .setMulticastNetworkInterface(via.name())
            .setMulticastTimeToLive(Mdns.TIME_TO_LIVE);
    DatagramSocket socket = vertx.createDatagramSocket(options);
    MdnsResponder responder = new MdnsResponder(vertx, via, socket, service, random);
    socket.handler(responder::received);
    return socket
        .listen(Mdns.PORT, "0.0.0.0")
        .compose(open -> socket.listenMulticastGroup(Mdns.GROUP.getHostAddress(), via.name(), null))
        .map(responder)
        .onSuccess(MdnsResponder::announce)
        .onFailure(cause -> {
          LOG.info("the node is not visible by mDNS on {}: {}", via.name(), cause.getMessage());
          socket.close();
        });
  }

  /// Says that the node leaves, and closes.
  public Future<Void> close() {
    closed = true;
    Future<Void> said = toGroup(service.all(0));
    return said.transform(done -> socket.close());
  }

  private void announce() {
    toGroup(service.all());
    vertx.setTimer(
        SECOND_ANNOUNCEMENT_MILLIS,
        fired -> {
          if (!closed) {
            toGroup(service.all());
          }
        });
  }

  private void received(DatagramPacket packet) {
    SocketAddress source = packet.sender();
    String host = source.hostAddress();
    if (closed
        || host == null
        || !(InetAddress.ofLiteral(host) instanceof Inet4Address from)
        || !via.reaches(from)
        || !reading.take(host, System.nanoTime())) {
      return;
    }
    DnsMessage message = DnsMessage.decode(packet.data());
    if (message == null || message.isResponse()) {
      return;
    }
    boolean legacy = source.port() != Mdns.PORT;
    List<DnsRecord> answer = answer(message, legacy);
    if (answer.isEmpty()) {
      return;
    }
    if (legacy) {
      if (unicast.take(host, System.nanoTime())) {
        DnsMessage reply = new DnsMessage(message.id(), true, message.questions(), answer);
        socket.send(reply.encode(), source.port(), host);
      }
    } else {
      vertx.setTimer(
          random.nextLong(ANSWER_DELAY_MIN_MILLIS, ANSWER_DELAY_MAX_MILLIS),
          fired -> answerGroup(answer));
    }
  }

  private List<DnsRecord> answer(DnsMessage message, boolean legacy) {
    Set<DnsRecord> answer = new LinkedHashSet<>();
    for (DnsQuestion question : message.questions()) {
      answer.addAll(service.answer(question, legacy));
    }
    String own = NodeService.instanceIn(service.all().getFirst());
    boolean known =
        message.records().stream().anyMatch(each -> NodeService.instanceIn(each).equals(own));
    return known ? List.of() : List.copyOf(answer);
  }

  private void answerGroup(List<DnsRecord> answer) {
    long now = System.nanoTime();
    Long last = lastMulticastNanos;
    if (!closed && (last == null || now - last >= SECOND_NANOS)) {
      lastMulticastNanos = now;
      toGroup(answer);
    }
  }

  private Future<Void> toGroup(List<DnsRecord> records) {
    DnsMessage message = new DnsMessage(0, true, List.of(), records);
    return socket
        .send(message.encode(), Mdns.PORT, Mdns.GROUP.getHostAddress())
        .onFailure(cause -> LOG.debug("no mDNS on {}", via.name(), cause));
  }
}
