package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Who was heard of on which interface, and under which address a neighbour is known.
///
/// A node on this very machine is heard at its loopback address and at its real one. It is known by
/// the real one, which it has for everybody; without this rule its contact would change with every
/// beacon. Belongs to one context.
final class Neighbourhood {
  private static final int HEARD_MAX = 4_096;

  private final List<ChosenInterface> interfaces;
  private final Set<String> realAddresses;
  private final Map<Key, String> realHosts = new LinkedHashMap<>();
  private final Map<String, Set<Key>> heard = new LinkedHashMap<>();

  Neighbourhood(List<ChosenInterface> interfaces) {
    this.interfaces = interfaces;
    this.realAddresses =
        interfaces.stream()
            .flatMap(each -> each.addresses().stream())
            .filter(each -> !each.address().isLoopbackAddress())
            .map(each -> each.address().getHostAddress())
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Notes that a beacon of `contact` came in.
  ///
  /// @return whether it is worth a hint
  boolean heard(Contact contact) {
    String name = interfaceOf(contact.host());
    Set<Key> there = heard.computeIfAbsent(name, each -> new LinkedHashSet<>());
    if (there.size() < HEARD_MAX) {
      there.add(contact.id());
    }
    if (LiteralAddress.isLoopback(contact.host())) {
      return !realHosts.containsKey(contact.id());
    }
    if (realAddresses.contains(contact.host()) && realHosts.size() < HEARD_MAX) {
      realHosts.put(contact.id(), contact.host());
    }
    return true;
  }

  /// How many nodes were heard on the interface `name`.
  int heardOn(String name) {
    return heard.getOrDefault(name, Set.of()).size();
  }

  private String interfaceOf(String host) {
    java.net.InetAddress address = java.net.InetAddress.ofLiteral(host);
    return interfaces.stream()
        .filter(each -> each.addresses().stream().anyMatch(own -> own.reaches(address)))
        .map(ChosenInterface::name)
        .findFirst()
        .orElse("");
  }
}
