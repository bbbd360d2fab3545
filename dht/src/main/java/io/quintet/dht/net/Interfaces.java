package io.quintet.dht.net;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses the network interfaces that a process talks on.
public final class Interfaces {
  /// Names of interfaces, separated by commas, for processes that were told none.
  public static final String ENVIRONMENT = "QUINTET_INTERFACE";

  private Interfaces() {}

  /// The interfaces called `names`; when there are none, those named by [#ENVIRONMENT]; without
  /// these, loopback and every interface that is up and knows broadcast or multicast, but no tunnel
  /// to one other machine. Loopback comes last, so that a neighbour on the same machine is heard
  /// first at the address that it has for everybody.
  ///
  /// @throws IllegalArgumentException when a name does not exist or is down, listing those that can
  ///   be chosen
  public static List<ChosenInterface> choose(List<String> names) {
    return choose(names, System.getenv(ENVIRONMENT));
  }

  static List<ChosenInterface> choose(List<String> names, @Nullable String environment) {
    List<String> wanted = named(names);
    if (wanted.isEmpty() && environment != null) {
      wanted = named(Arrays.asList(environment.split(",", -1)));
    }
    List<ChosenInterface> all = all();
    if (wanted.isEmpty()) {
      return all.stream()
          .filter(each -> !each.broadcastAddresses().isEmpty() || each.isMulticast())
          .toList();
    }
    List<ChosenInterface> chosen = new ArrayList<>();
    for (String name : wanted) {
      chosen.add(
          all.stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name, all)));
    }
    chosen.sort(Comparator.comparing(ChosenInterface::isLoopback));
    return List.copyOf(chosen);
  }

  private static List<String> named(List<String> names) {
    return names.stream().map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
  }

  private static IllegalArgumentException unknown(String name, List<ChosenInterface> all) {
    List<String> names = all.stream().map(ChosenInterface::name).toList();
    return new IllegalArgumentException(
        "interface: '" + name + "' (expected one that is up: " + String.join(", ", names) + ")");
  }

  private static List<ChosenInterface> all() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Interfaces::isUp)
          .map(Interfaces::describe)
          .filter(each -> !each.addresses().isEmpty())
          .sorted(
              Comparator.comparing(ChosenInterface::isLoopback)
                  .thenComparing(ChosenInterface::name))
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException("the network interfaces cannot be listed", e);
    }
  }

  private static boolean isUp(NetworkInterface each) {
    try {
      return each.isUp();
    } catch (SocketException e) {
      // It went away while the interfaces were listed.
      return false;
    }
  }

  private static ChosenInterface describe(NetworkInterface each) {
    List<LocalAddress> addresses = new ArrayList<>();
    List<InetAddress> broadcasts = new ArrayList<>();
    for (InterfaceAddress bound : each.getInterfaceAddresses()) {
      InetAddress address = withoutZone(bound.getAddress());
      int bits = 8 * address.getAddress().length;
      addresses.add(new LocalAddress(address, Math.clamp(bound.getNetworkPrefixLength(), 0, bits)));
      InetAddress broadcast = bound.getBroadcast();
      if (broadcast != null) {
        broadcasts.add(broadcast);
      } else if (address.isLoopbackAddress() && address instanceof Inet4Address) {
        broadcasts.add(loopbackBroadcast());
      }
    }
    addresses.sort(Comparator.comparingInt(own -> own.address() instanceof Inet4Address ? 0 : 1));
    return new ChosenInterface(
        each.getName(), addresses, broadcasts.stream().distinct().toList(), isMulticast(each));
  }

  private static boolean isMulticast(NetworkInterface each) {
    try {
      return each.supportsMulticast() && !each.isLoopback() && !each.isPointToPoint();
    } catch (SocketException e) {
      // It went away while the interfaces were listed.
      return false;
    }
  }

  /// The JDK gives every IPv6 address the zone of its interface; only link-local ones need it.
  private static InetAddress withoutZone(InetAddress address) {
    try {
      return address.isLinkLocalAddress()
          ? address
          : InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the bytes of an address are an address", e);
    }
  }

  private static InetAddress loopbackBroadcast() {
    try {
      return InetAddress.getByAddress(new byte[] {127, (byte) 255, (byte) 255, (byte) 255});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
