package io.quintet.dht.net.udp;

import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.LocalAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The groups that nodes listen to besides broadcast, which some networks filter and IPv6 does not
/// have. Packets live for one hop.
///
/// The IPv6 group is of site scope although nothing leaves the link: the kernel sends to it from an
/// address that others can be told. A link-local address has a zone, which means something on one
/// machine alone.
final class Multicast {
  static final InetAddress GROUP_4 = InetAddress.ofLiteral("239.255.99.99");
  static final InetAddress GROUP_6 = InetAddress.ofLiteral("ff05::5155:494e:5445:54");

  private Multicast() {}

  /// The address that `via` sends to a group from.
  static Optional<InetAddress> sender(ChosenInterface via, InetAddress group) {
    return via.isMulticast()
        ? via.addresses().stream()
            .map(LocalAddress::address)
            .filter(own -> own instanceof Inet4Address == group instanceof Inet4Address)
            .filter(own -> own instanceof Inet4Address || isRoutable(own))
            .findFirst()
        : Optional.empty();
  }

  private static boolean isRoutable(InetAddress address) {
    return address instanceof Inet6Address
        && !address.isLinkLocalAddress()
        && !address.isLoopbackAddress();
  }

  /// Opens a path for each group on each interface that has an address for it. What cannot be
  /// opened is a closed path that says why.
  static Future<List<BeaconPath>> open(
      Vertx vertx,
      List<ChosenInterface> interfaces,
      BiConsumer<BeaconPath, DatagramPacket> handler) {
    List<Future<BeaconPath>> paths = new ArrayList<>();
    for (ChosenInterface via : interfaces) {
      for (InetAddress group : List.of(GROUP_4, GROUP_6)) {
        sender(via, group).ifPresent(from -> paths.add(open(vertx, via, from, group, handler)));
      }
    }
    return Future.all(paths).map(all -> all.<BeaconPath>list());
  }

  private static Future<BeaconPath> open(
      Vertx vertx,
      ChosenInterface via,
      InetAddress from,
      InetAddress group,
      BiConsumer<BeaconPath, DatagramPacket> handler) {
    String name = "multicast on " + via.name();
    DatagramSocketOptions options =
        new DatagramSocketOptions()
            .setIpV6(from instanceof Inet6Address)
            .setMulticastNetworkInterface(via.name())
            .setMulticastTimeToLive(1);
    try {
      DatagramSocket socket = vertx.createDatagramSocket(options);
      BeaconPath path = new BeaconPath(name, via, socket, List.of(group));
      socket.handler(packet -> handler.accept(path, packet));
      return socket
          .listen(0, from.getHostAddress())
          .map(path)
          .recover(cause -> socket.close().transform(closed -> closed(name, via, cause)));
    } catch (RuntimeException e) {
      // The interface went away a moment ago.
      return closed(name, via, e);
    }
  }

  private static Future<BeaconPath> closed(String name, ChosenInterface via, Throwable cause) {
    return Future.succeededFuture(BeaconPath.closed(name, via, cause));
  }

  /// Makes `socket` hear the group of its family on each interface.
  static void join(DatagramSocket socket, InetAddress group, List<ChosenInterface> interfaces) {
    for (ChosenInterface via : interfaces) {
      if (sender(via, group).isPresent()) {
        socket
            .listenMulticastGroup(group.getHostAddress(), via.name(), null)
            .onFailure(
                cause -> BeaconSocket.LOG.debug("no multicast is heard on {}", via.name(), cause));
      }
    }
  }
}
