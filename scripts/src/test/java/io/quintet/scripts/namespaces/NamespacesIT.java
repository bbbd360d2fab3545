package io.quintet.scripts.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Eight machines, and what happens to networks. The tests share the machines, in order: starting
/// eight nodes anew for each would take minutes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NamespacesIT {
  private static final int MACHINES = 8;

  /// The daemon that avahi-browse asks, with a message bus of its own: what is mounted here is seen
  /// here alone.
  private static final String BROWSE =
      """
      mount -t tmpfs tmpfs /run && mkdir -p /run/dbus /run/avahi-daemon || exit 1
      dbus-daemon --system --nofork --nopidfile > /run/bus.log 2>&1 &
      bus=$!
      for i in $(seq 200); do [ -S /run/dbus/system_bus_socket ] && break; sleep 0.05; done
      avahi-daemon --no-drop-root --no-chroot --no-rlimits > /run/avahi.log 2>&1 &
      daemon=$!
      for i in $(seq 200); do
        grep -q 'startup complete' /run/avahi.log && break
        sleep 0.05
      done
      timeout 20 avahi-browse -rpt _quintet._tcp 2>&1 || cat /run/bus.log /run/avahi.log
      kill $daemon $bus
      """;

  private static final double SHARED_MAX = 20;
  private static final double SHARED = shared();
  private static final Duration MEET_MAX = Duration.ofSeconds(30);

  @TempDir static Path dir = Path.of("unset");
  private @Nullable Wire opened;
  private final List<Machine> machines = new ArrayList<>();
  private final List<Machine> extras = new ArrayList<>();

  @BeforeAll
  void openWire() throws Exception {
    Optional<String> obstacle = Wire.obstacle();
    assumeTrue(obstacle.isEmpty(), () -> "skipped: " + obstacle.orElseThrow());
    opened = Wire.open(dir);
    for (int i = 0; i < MACHINES; i++) {
      machines.add(wire().machine(1));
    }
  }

  @AfterAll
  void closeWire() {
    if (opened != null) {
      opened.close();
    }
  }

  @AfterEach
  void endExtras() throws Exception {
    if (opened != null) {
      opened.filter();
      extras.forEach(Machine::killAll);
      extras.clear();
    }
  }

  /// One more machine, whose processes end with the test.
  private Machine extra(int subnet) throws Exception {
    Machine machine = wire().machine(subnet);
    extras.add(machine);
    return machine;
  }

  private Wire wire() {
    assertTrue(opened != null, "no wire");
    return java.util.Objects.requireNonNull(opened);
  }

  /// Waits until `condition` holds. On a machine that others use, too, `limit` is stretched by as
  /// much as it is shared.
  ///
  /// @return how many seconds it took
  static double until(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long start = System.nanoTime();
    CountDownLatch never = new CountDownLatch(1);
    double allowedNanos = limit.toNanos() * SHARED;
    while (!condition.getAsBoolean()) {
      assertTrue(
          System.nanoTime() - start < allowedNanos,
          "not within " + limit + " times " + SHARED + ": " + what);
      assertTrue(!never.await(20, TimeUnit.MILLISECONDS));
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /// How many processes there are for each processor before the first of ours starts.
  private static double shared() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return Math.clamp(load / Runtime.getRuntime().availableProcessors(), 1, SHARED_MAX);
  }

  private static boolean allKnow(List<Machine> those, int others) {
    return those.parallelStream().allMatch(each -> each.members() == others);
  }

  @Test
  @Order(1)
  void eightNodesKnowEachOtherThreeSecondsAfterTheLastAnswers() throws Exception {
    for (Machine each : machines) {
      each.startNode();
    }
    double started =
        until(
            "eight nodes answer",
            Duration.ofSeconds(60),
            () -> machines.parallelStream().allMatch(each -> each.members() >= 0));
    double met =
        until(
            "eight nodes know each other",
            Duration.ofSeconds(3),
            () -> allKnow(machines, MACHINES - 1));
    System.out.printf(
        "eight nodes: started in %.1f s, met %.1f s later (machine shared %.1f times)%n",
        started, met, SHARED);
  }

  @Test
  @Order(2)
  void aClientFindsThemWithoutConfiguration() throws Exception {
    assertListed(extra(1), addressSet(machines));
  }

  @Test
  @Order(3)
  void anotherSubnetJoinsByBootstrap() throws Exception {
    Machine far = extra(2);
    far.startNode("--bootstrap", machines.getFirst().address() + ":8000");
    List<Machine> all = new ArrayList<>(machines);
    all.add(far);
    double met =
        until("the subnets know each other", Duration.ofSeconds(30), () -> allKnow(all, MACHINES));
    System.out.printf("another subnet: met after %.1f s, its start included%n", met);
    far.killAll();
    until("the dead one is noticed", Duration.ofSeconds(30), () -> allKnow(machines, MACHINES - 1));
  }

  @Test
  @Order(3)
  void nodeBehindNatIsKnownByThePortThatTheRouterPublishes() throws Exception {
    Machine hidden = extra(2);
    String published = wire().publish(hidden);
    hidden.startNode(
        "--bootstrap", machines.getFirst().address() + ":8000", "--advertise", published);
    List<Machine> all = new ArrayList<>(machines);
    all.add(hidden);
    double met = until("all know each other", MEET_MAX, () -> allKnow(all, MACHINES));
    System.out.printf("behind NAT: met after %.1f s, its start included%n", met);
    Set<String> addresses = addressSet(machines);
    addresses.add("10.77.1.254");
    assertListed(machines.getFirst(), addresses);
  }

  @Test
  @Order(4)
  void halvesPartAndMeetAgain() throws Exception {
    until("only these are left", MEET_MAX, () -> allKnow(machines, MACHINES - 1));
    // Frames of every kind: whoever still hears another's beacons believes in it for a minute.
    String left = ports(machines.subList(0, 4));
    String right = ports(machines.subList(4, 8));
    wire()
        .filter(
            "iifname { %s } oifname { %s } drop".formatted(left, right),
            "iifname { %s } oifname { %s } drop".formatted(right, left));
    double parted =
        until("each half knows itself alone", Duration.ofSeconds(20), () -> allKnow(machines, 3));
    wire().filter();
    double healed =
        until("the halves meet", Duration.ofSeconds(20), () -> allKnow(machines, MACHINES - 1));
    System.out.printf("partition: noticed by all after %.1f s, healed in %.1f s%n", parted, healed);
  }

  @Test
  @Order(5)
  void aFifthOfAllPacketsIsLost() throws Exception {
    wire().filter("numgen random mod 100 < 20 drop");
    Machine late = extra(1);
    late.startNode();
    until("the late node answers", Duration.ofSeconds(30), () -> late.members() >= 0);
    List<Machine> all = new ArrayList<>(machines);
    all.add(late);
    // Members come and go while every fifth packet is lost: each is seen whole once.
    Set<Machine> whole = new HashSet<>();
    double met =
        until(
            "each knew all others",
            MEET_MAX,
            () -> {
              all.stream().filter(each -> each.members() == MACHINES).forEach(whole::add);
              return whole.size() == all.size();
            });
    Files.write(late.home().resolve("file"), new byte[300_000]);
    Tool.Said put = late.quintet("put", "file", "-o", "manifest", "--json");
    assertEquals(0, put.exitCode(), put.text());
    Tool.Said get = late.quintet("get", "manifest", "-o", "again", "--json");
    assertEquals(0, get.exitCode(), get.text());
    assertEquals(-1, Files.mismatch(late.home().resolve("file"), late.home().resolve("again")));
    System.out.printf("20 %% loss: a new node met all %.1f s after it answered%n", met);
    wire().filter();
    late.killAll();
    until("the dead one is noticed", Duration.ofSeconds(40), () -> allKnow(machines, MACHINES - 1));
  }

  @Test
  @Order(6)
  void aNodeReturnsUnderANewAddress() throws Exception {
    Machine moved = machines.getLast();
    moved.killAll();
    moved.connect(99);
    moved.startNode();
    until("the moved node answers", Duration.ofSeconds(30), () -> moved.members() >= 0);
    until("everybody knows it", MEET_MAX, () -> allKnow(machines, MACHINES - 1));
    double met = assertListed(machines.getFirst(), addressSet(machines));
    System.out.printf("new address: known by a neighbour after %.1f s%n", met);
  }

  @Test
  @Order(7)
  void withoutBroadcastMulticastFindsThem() throws Exception {
    wire().filter("ether daddr ff:ff:ff:ff:ff:ff udp dport 9999 drop");
    assertListed(extra(1), addressSet(machines));
  }

  @Test
  @Order(8)
  void withoutBroadcastAndIpv4MulticastIpv6FindsThem() throws Exception {
    wire()
        .filter(
            "ip daddr 255.255.255.255 drop",
            "ip daddr 224.0.0.0/4 drop",
            "ether daddr ff:ff:ff:ff:ff:ff udp dport 9999 drop");
    assertListed(
        extra(1),
        machines.stream()
            .map(each -> "[fd77:1:0:0:0:0:0:" + each.number() + "]")
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  @Order(9)
  void withoutBeaconsMdnsFindsThem() throws Exception {
    wire().filter("udp dport 9999 drop");
    assertListed(extra(1), addressSet(machines));
  }

  @Test
  @Order(9)
  void avahiBrowsesThemWithIdPortAndNetwork() throws Exception {
    Machine browsing = extra(1);
    for (String tool : List.of("dbus-daemon", "avahi-daemon", "avahi-browse")) {
      assumeTrue(browsing.has(tool), () -> "skipped: there is no " + tool);
    }
    String services = browsing.run("bash", "-c", BROWSE).text();
    for (Machine each : machines) {
      String id = each.status().path("id").asText();
      String wanted = each.address() + ";8000;";
      assertTrue(
          services
              .lines()
              .anyMatch(line ->
                  line.startsWith("=;veth0;IPv4;")
                      && line.contains(wanted)
                      && line.contains("\"id=" + id + "\"")
                      && line.contains("\"port=8000\"")
                      && line.contains("\"net=quintet\"")),
          () -> wanted + id + " is not among\n" + services);
    }
  }

  @Test
  @Order(10)
  void whoFindsNobodySaysWhatWasTriedWithinFiveSeconds() throws Exception {
    wire().filter("meta l4proto udp drop");
    Machine alone = extra(1);
    long start = System.nanoTime();
    Tool.Said said =
        alone.quintet(
            "nodes", "--bootstrap", "10.77.1.200:8000", "--bootstrap", "no.such.name.invalid:8000");
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "nobody: said after %.1f s, start of the process included: %s%n", seconds, said.text());
    assertEquals(6, said.exitCode(), said.text());
    for (String path :
        List.of(
            "saved peers",
            "broadcast on veth0 (10.77.1.255",
            "multicast on veth0 (239.255.99.99",
            "multicast on veth0 (ff05:",
            "mDNS on veth0",
            "bootstrap 10.77.1.200:8000",
            "bootstrap no.such.name.invalid:8000: the name ")) {
      assertTrue(said.text().contains(path), path + " is missing: " + said.text());
    }
    Process node = alone.startNode();
    until(
        "the lonely node warns",
        Duration.ofSeconds(20),
        () -> alone.log().contains("found nobody"));
    assertTrue(node.isAlive());
    assertTrue(alone.log().contains("multicast on veth0"), alone.log());
  }

  /// A client on `machine` lists the nodes at these addresses and no others, soon.
  ///
  /// @return how many seconds it took
  private static double assertListed(Machine machine, Set<String> addresses)
      throws InterruptedException {
    AtomicReference<Set<String>> last = new AtomicReference<>(Set.of());
    try {
      return until(
          "a client lists them",
          MEET_MAX,
          () -> {
            last.set(listed(machine));
            return last.get().equals(addresses);
          });
    } catch (AssertionError e) {
      throw new AssertionError("expected " + addresses + ", listed " + last.get(), e);
    }
  }

  /// The addresses of the nodes that a client on `machine` finds.
  private static Set<String> listed(Machine machine) {
    try {
      Tool.Said said = machine.quintet("nodes", "--json");
      Set<String> hosts = new TreeSet<>();
      Matcher url = Pattern.compile("\"url\":\"http://(\\[[^]]*]|[^:\"]*):").matcher(said.text());
      while (url.find()) {
        hosts.add(url.group(1));
      }
      return hosts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> addressSet(List<Machine> those) {
    return those.stream().map(Machine::address).collect(Collectors.toCollection(TreeSet::new));
  }

  /// The bridge's ends of their cables.
  private static String ports(List<Machine> those) {
    return String.join(", ", those.stream().map(Machine::port).toList());
  }
}
