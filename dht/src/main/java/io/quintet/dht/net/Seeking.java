package io.quintet.dht.net;

import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.mdns.MdnsBrowser;
import io.quintet.dht.net.rpc.DhtRpcClient;
import io.quintet.dht.net.udp.Inquiry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The paths to a first contact, tried side by side: peers of an earlier run, WHO beacons by
/// broadcast and multicast, mDNS, bootstrap addresses. What they bring is a hint to the engine.
/// Belongs to the engine's context.
final class Seeking {
  /// How long a contact that said HELLO is expected to prove itself.
  private static final long PROOF_MILLIS = 700;

  private static final int AWAITED_MAX = 1_024;

  private final DhtOptions options;
  private final @Nullable Key self;
  private final EngineLoop loop;
  private final DhtRpcClient rpc;
  private final Neighbourhood neighbourhood = new Neighbourhood();
  private final List<BootstrapAddress> bootstrap;
  private final Map<Contact, Long> awaited = new LinkedHashMap<>();
  private boolean heardAnybody;
  private boolean hinted;
  private long rounds;

  /// @param self the node's id; null for a client
  Seeking(DhtOptions options, @Nullable Key self, EngineLoop loop, DhtRpcClient rpc) {
    this.options = options;
    this.self = self;
    this.loop = loop;
    this.rpc = rpc;
    this.bootstrap = options.bootstrap().stream().map(BootstrapAddress::new).toList();
  }

  /// Tries each path once. Bootstrap addresses that answered are asked again only while nobody is
  /// known: their node may be another one by now.
  void round(Inquiry inquiry, MdnsBrowser browser) {
    if (!hinted) {
      hinted = true;
      options.hints().forEach(contact -> loop.post(new DhtEvent.Hint(contact)));
    }
    inquiry.who();
    if (rounds++ > 0 && loop.members().isEmpty()) {
      browser.ask();
    }
    for (BootstrapAddress each : bootstrap) {
      if (!each.hasAnswered() || loop.members().isEmpty()) {
        each.ask(loop, rpc, this::found);
      }
    }
  }

  /// A HELLO of `contact` came in.
  ///
  /// @param boot which run of the node speaks
  void greeted(Contact contact, long boot) {
    if (isNeighbour(contact)) {
      found(contact, new DhtEvent.Greeted(contact, boot));
    }
  }

  /// Somebody named `contact` by mDNS.
  void heard(Contact contact) {
    if (isNeighbour(contact)) {
      found(contact);
    }
  }

  private boolean isNeighbour(Contact contact) {
    heardAnybody |= !isSelf(contact);
    return !isSelf(contact) && neighbourhood.heard(contact, System.nanoTime());
  }

  /// Whether somebody is expected to prove itself any moment.
  boolean isExpecting() {
    long now = System.nanoTime();
    Set<Contact> members = Set.copyOf(loop.members());
    awaited
        .entrySet()
        .removeIf(each ->
            members.contains(each.getKey()) || now - each.getValue() > PROOF_MILLIS * 1_000_000);
    return !awaited.isEmpty() || bootstrap.stream().anyMatch(BootstrapAddress::isAsking);
  }

  /// Whether anybody was heard, proven or not.
  boolean hasHeardAnybody() {
    return heardAnybody;
  }

  /// Whether all bootstrap addresses answered.
  boolean isComplete() {
    return bootstrap.stream().allMatch(BootstrapAddress::hasAnswered);
  }

  /// One line per path, for people: what was tried and what it answered.
  List<String> report(Inquiry inquiry, MdnsBrowser browser) {
    List<String> lines = new ArrayList<>();
    Set<Contact> members = Set.copyOf(loop.members());
    long alive = options.hints().stream().filter(members::contains).count();
    lines.add("saved peers: " + options.hints().size() + " asked, " + alive + " answered");
    if (options.interfaces().isEmpty()) {
      lines.add("broadcast, multicast: no interface was chosen");
    }
    lines.addAll(inquiry.report());
    lines.addAll(browser.report());
    if (members.isEmpty() && inquiry.heardCount() + browser.heardCount() > 0) {
      lines.add(
          "whoever answered did not prove itself over HTTP: is its port closed by a firewall, or"
              + " published under another number (see 'quintet node --advertise')?");
    }
    bootstrap.forEach(each -> lines.add(each.report()));
    return lines;
  }

  private void found(Contact contact) {
    if (!isSelf(contact)) {
      found(contact, new DhtEvent.Hint(contact));
    }
  }

  private void found(Contact contact, DhtEvent event) {
    if (awaited.size() < AWAITED_MAX && !loop.members().contains(contact)) {
      awaited.putIfAbsent(contact, System.nanoTime());
    }
    loop.post(event);
  }

  private boolean isSelf(Contact contact) {
    return self != null && self.equals(contact.id());
  }
}
