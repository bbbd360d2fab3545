package io.quintet.dht.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.rpc.DhtRpcClient;
import io.quintet.dht.net.rpc.Signatures;
import io.quintet.dht.net.udp.Beacon;
import io.quintet.dht.net.udp.BeaconJson;
import io.quintet.dht.net.udp.BeaconSocket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DhtPeerTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void clientFindsAllNodesByBeaconsAlone() {
    Set<Contact> nodes = contacts(cluster.nodes(7));
    DhtPeer client = cluster.client();
    assertEquals(nodes, Set.copyOf(Cluster.await(client.discover(1, 7, LIMIT))));
  }

  @Test
  void searchForMoreNodesThanThereAreEndsBeforeItsLimit() {
    Set<Contact> nodes = contacts(cluster.nodes(3));
    Future<List<Contact>> search = cluster.client().discover(1, 1_000, Duration.ofHours(1));
    assertEquals(nodes, Set.copyOf(Cluster.await(search)));
  }

  @Test
  void nodesFindEachOtherAndClientsEnterNoTable() {
    List<Cluster.Node> nodes = cluster.nodes(5);
    Set<Contact> all = contacts(nodes);
    Cluster.await(cluster.client().discover(1, 5, LIMIT));
    for (Cluster.Node node : nodes) {
      Set<Contact> others = new HashSet<>(all);
      others.remove(node.contact());
      cluster.eventually(
          "every node knows all others", () -> Set.copyOf(node.peer().members()).equals(others));
    }
  }

  @Test
  void providersAreFoundByLookup() {
    List<Cluster.Node> nodes = cluster.nodes(5);
    Key key = Key.random(new Random(1));
    Cluster.Node holder = nodes.get(3);
    cluster.eventually("the holder knows others", () -> holder.peer().members().size() == 4);
    holder.peer().provide(List.of(key));
    DhtPeer client = cluster.client();
    Cluster.await(client.discover(1, 5, LIMIT));
    cluster.eventuallyGives(
        "the provider is found",
        () -> client.providers(List.of(key)),
        found -> List.of(holder.contact()).equals(found.get(key)));
  }

  @Test
  void whatALeaverWithdrewIsFoundNoMore() {
    List<Cluster.Node> nodes = cluster.nodes(4);
    Cluster.Node leaver = nodes.getFirst();
    Cluster.Node stayer = nodes.getLast();
    List<Key> keys = List.of(Key.random(new Random(6)));
    cluster.eventually("both know all", () -> knowsAll(leaver) && knowsAll(stayer));
    leaver.peer().provide(keys);
    stayer.peer().provide(keys);
    DhtPeer client = cluster.client();
    Cluster.await(client.discover(1, 4, LIMIT));
    for (Cluster.Node each : nodes) {
      cluster.eventuallyGives(
          "both are found everywhere",
          () -> each.peer().providers(keys),
          found -> Set.copyOf(found.get(keys.getFirst())).size() == 2);
    }
    Cluster.await(leaver.peer().withdraw(leaver.identity().id()));
    cluster.stop(leaver);
    assertEquals(
        List.of(stayer.contact()), Cluster.await(client.providers(keys)).get(keys.getFirst()));
  }

  private static boolean knowsAll(Cluster.Node node) {
    return node.peer().members().size() == 3;
  }

  @Test
  void nodeBehindAForwardedPortIsKnownAndProvidesAtThatPortAlone() {
    List<Cluster.Node> nodes = cluster.nodes(3);
    // Its calls come from 127.0.0.1: nobody else is at the address that it names.
    Cluster.Node hidden = cluster.nodeBehind("127.0.0.2", cluster.options());
    for (Cluster.Node node : nodes) {
      cluster.eventually(
          "every node knows it, and all others",
          () ->
              node.peer().members().contains(hidden.contact())
                  && node.peer().members().size() == 3);
    }
    cluster.eventually("it knows all others", () -> hidden.peer().members().size() == 3);
    Key key = Key.random(new Random(4));
    hidden.peer().provide(List.of(key));
    DhtPeer client = cluster.client();
    Cluster.await(client.discover(1, 4, LIMIT));
    cluster.eventuallyGives(
        "the provider is found",
        () -> client.providers(List.of(key)),
        found -> List.of(hidden.contact()).equals(found.get(key)));
  }

  @Test
  void bootstrapAtAnotherAddressOfANodeLeadsToTheAdvertisedOne() {
    Cluster.Node hidden = cluster.nodeBehind("127.0.0.2", cluster.options());
    String own = "127.0.0.1:" + hidden.server().actualPort();
    DhtPeer client = cluster.client(withoutBeacons(List.of(own), List.of()));
    assertEquals(List.of(hidden.contact()), Cluster.await(client.discover(1, 1, LIMIT)));
  }

  @Test
  void whoStopsAnsweringIsSpokenForOnTheWire() {
    DhtConfig quick =
        Cluster.config().toBuilder().probeIntervalMillis(300).probeGapMillis(50).build();
    DhtOptions usual = cluster.options();
    DhtOptions options =
        new DhtOptions(
            usual.network(),
            usual.udpPort(),
            usual.interfaces(),
            usual.bootstrap(),
            usual.hints(),
            quick);
    Cluster.Node first = cluster.node(NodeIdentity.generate(), 1, options);
    Cluster.Node silent = cluster.node(NodeIdentity.generate(), 1, options);
    cluster.eventually("they know each other", () -> first.peer().members().size() == 1);
    Set<Key> left = ConcurrentHashMap.newKeySet();
    BeaconSocket wire =
        Cluster.await(
            BeaconSocket.open(
                cluster.vertx,
                usual.udpPort(),
                new BeaconJson(usual.network()),
                usual.interfaces()));
    wire.listen((beacon, source, size) -> {
      if (beacon instanceof Beacon.Goodbye bye) {
        left.add(bye.id());
      }
    });
    Cluster.await(silent.server().close());
    cluster.eventually("others are told", () -> left.contains(silent.contact().id()));
    Cluster.await(wire.close());
  }

  @Test
  void holdersAnswerQueryChunk() {
    List<Cluster.Node> nodes = cluster.nodes(3);
    Key held = Key.random(new Random(2));
    Key missing = Key.random(new Random(3));
    nodes.get(0).held().add(held);
    nodes.get(2).held().add(held);
    Map<Key, List<Contact>> found =
        Cluster.await(cluster.client().queryChunks(List.of(held, missing)));
    assertEquals(Set.of(held), found.keySet());
    assertEquals(
        Set.of(nodes.get(0).contact(), nodes.get(2).contact()), Set.copyOf(found.get(held)));
  }

  @Test
  void theReportNamesEveryPathAndItsAnswer() {
    DhtOptions withDead = withBootstrap(cluster.options(), List.of("127.0.0.1:1"), List.of());
    DhtPeer client = cluster.client(withDead);
    cluster.eventuallyGives(
        "the refusal is reported",
        () -> client.discover(1, 1, Duration.ofMillis(300)),
        found -> found.isEmpty() && client.discoveryReport().getLast().contains("refused"));
    String report = String.join("\n", client.discoveryReport());
    assertTrue(report.contains("saved peers: 0 asked"), report);
    assertTrue(report.contains("broadcast on lo (127.255.255.255"), report);
    assertTrue(report.contains("bootstrap 127.0.0.1:1: "), report);
  }

  @Test
  void aNodeThatHearsOnlyItselfSaysThatNobodyAnswered() {
    Cluster.Node alone = cluster.node();
    Cluster.await(alone.peer().discover(1, 1, Duration.ofMillis(300)));
    String report = String.join("\n", alone.peer().discoveryReport());
    assertTrue(report.contains("sent, nobody answered"), report);
  }

  @Test
  void bootstrapAddressAloneLeadsToAllNodes() {
    List<Cluster.Node> nodes = cluster.nodes(4);
    Set<Contact> all = contacts(nodes);
    cluster.eventually(
        "the first node knows all others", () -> nodes.getFirst().peer().members().size() == 3);
    List<String> bootstrap = List.of(nodes.getFirst().contact().address());
    DhtPeer client = cluster.client(withoutBeacons(bootstrap, List.of()));
    assertEquals(all, Set.copyOf(Cluster.await(client.discover(1, 4, LIMIT))));
  }

  @Test
  void savedPeersAloneLeadToAllNodes() {
    List<Cluster.Node> nodes = cluster.nodes(4);
    Set<Contact> all = contacts(nodes);
    cluster.eventually(
        "the last node knows all others", () -> nodes.getLast().peer().members().size() == 3);
    List<Contact> saved = List.of(nodes.getLast().contact());
    DhtPeer client = cluster.client(withoutBeacons(List.of(), saved));
    assertEquals(all, Set.copyOf(Cluster.await(client.discover(1, 4, LIMIT))));
  }

  @Test
  void nodeThatLeavesPolitelyIsForgottenLongBeforeAProbeWouldMissIt() {
    DhtConfig patient =
        Cluster.config().toBuilder().probeIntervalMillis(TimeUnit.HOURS.toMillis(1)).build();
    DhtOptions options = with(cluster.options(), patient);
    Cluster.Node stays = cluster.node(NodeIdentity.generate(), 1, options);
    Cluster.Node leaves = cluster.node(NodeIdentity.generate(), 1, options);
    cluster.eventually(
        "they know each other", () -> stays.peer().members().contains(leaves.contact()));
    cluster.stop(leaves);
    cluster.eventually("the leaver is forgotten", () -> stays.peer().members().isEmpty());
  }

  @Test
  void nodeThatRestartsUnderAnotherPortReplacesItsOldContact() {
    Cluster.Node witness = cluster.node();
    NodeIdentity identity = NodeIdentity.generate();
    Cluster.Node before = cluster.node(identity, 1, cluster.options());
    cluster.eventually(
        "the witness knows it", () -> witness.peer().members().contains(before.contact()));
    cluster.stop(before);
    Cluster.Node after = cluster.node(identity, 2, cluster.options());
    cluster.eventually(
        "the witness knows it at the new port alone",
        () -> List.of(after.contact()).equals(List.copyOf(witness.peer().members())));
  }

  @Test
  void nodesOfAnotherNetworkOnTheSamePortAreStrangers() {
    Cluster.Node stranger =
        cluster.node(NodeIdentity.generate(), 1, named(cluster.options(), "another-network"));
    List<Cluster.Node> nodes = cluster.nodes(2);
    DhtPeer client =
        cluster.client(
            withBootstrap(cluster.options(), List.of(stranger.contact().address()), List.of()));
    List<Contact> found = Cluster.await(client.discover(1, 3, LIMIT));
    assertEquals(contacts(nodes), Set.copyOf(found));
    assertEquals(Set.of(), Set.copyOf(stranger.peer().members()));
    String report = String.join("\n", client.discoveryReport());
    assertTrue(report.contains("HTTP 400"), report);
  }

  @Test
  void pongProvesTheIdOfItsNodeAndNoOther() {
    Cluster.Node honest = cluster.node();
    Contact lie =
        new Contact(Key.random(new Random(4)), honest.contact().host(), honest.contact().port());
    Signatures signatures = new Signatures(cluster.vertx, "test-signatures");
    DhtRpcClient caller = new DhtRpcClient(cluster.vertx, cluster.network, signatures);
    Duration patience = Duration.ofSeconds(15);
    DhtRequest ping = new DhtRequest.Ping();
    assertEquals(
        new DhtResponse.Pong(1), Cluster.await(caller.ask(honest.contact(), ping, patience)));
    PeerException refusal =
        assertThrows(PeerException.class, () -> Cluster.await(caller.ask(lie, ping, patience)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("does not prove the id"));
    Cluster.await(caller.close().eventually(signatures::close));
  }

  private DhtOptions withoutBeacons(List<String> bootstrap, List<Contact> hints) {
    DhtOptions all = cluster.options();
    return new DhtOptions(all.network(), all.udpPort(), List.of(), bootstrap, hints, all.config());
  }

  private static DhtOptions withBootstrap(
      DhtOptions all, List<String> bootstrap, List<Contact> hints) {
    return new DhtOptions(
        all.network(), all.udpPort(), all.interfaces(), bootstrap, hints, all.config());
  }

  private static DhtOptions with(DhtOptions all, DhtConfig config) {
    return new DhtOptions(
        all.network(), all.udpPort(), all.interfaces(), all.bootstrap(), all.hints(), config);
  }

  private static DhtOptions named(DhtOptions all, String network) {
    return new DhtOptions(
        network, all.udpPort(), all.interfaces(), all.bootstrap(), all.hints(), all.config());
  }

  private static Set<Contact> contacts(List<Cluster.Node> nodes) {
    return nodes.stream().map(Cluster.Node::contact).collect(Collectors.toSet());
  }
}
