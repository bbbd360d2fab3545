package io.quintet.scripts.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
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

  @TempDir static Path dir = Path.of("unset");
  private @Nullable Wire opened;
  private final List<Machine> machines = new ArrayList<>();

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

  private Wire wire() {
    assertTrue(opened != null, "no wire");
    return java.util.Objects.requireNonNull(opened);
  }

  /// Waits until `condition` holds.
  ///
  /// @return how many seconds it took
  static double until(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long start = System.nanoTime();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - start < limit.toNanos(), "not within " + limit + ": " + what);
      assertTrue(!never.await(20, TimeUnit.MILLISECONDS));
    }
    return (System.nanoTime() - start) / 1e9;
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
    System.out.printf("eight nodes: started in %.1f s, met %.1f s later%n", started, met);
  }

  @Test
  @Order(2)
  void aClientFindsThemWithoutConfiguration() throws Exception {
    Tool.Said said = wire().machine(1).quintet("nodes", "--json");
    assertEquals(0, said.exitCode(), said.text());
    for (Machine each : machines) {
      assertTrue(said.text().contains("http://" + each.address() + ":8000"), said.text());
    }
  }

  @Test
  @Order(3)
  void anotherSubnetJoinsByBootstrap() throws Exception {
    Machine far = wire().machine(2);
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
  @Order(4)
  void halvesPartAndMeetAgain() throws Exception {
    String left = addresses(machines.subList(0, 4));
    String right = addresses(machines.subList(4, 8));
    wire()
        .filter(
            "ip saddr { %s } ip daddr { %s } drop".formatted(left, right),
            "ip saddr { %s } ip daddr { %s } drop".formatted(right, left),
            "ether daddr ff:ff:ff:ff:ff:ff ip saddr { %s } oifname { \"v5\",\"v6\",\"v7\",\"v8\" } drop"
                .formatted(left),
            "ether daddr ff:ff:ff:ff:ff:ff ip saddr { %s } oifname { \"v1\",\"v2\",\"v3\",\"v4\" } drop"
                .formatted(right));
    double parted =
        until("each half knows itself alone", Duration.ofSeconds(40), () -> allKnow(machines, 3));
    wire().filter();
    double healed =
        until("the halves meet", Duration.ofSeconds(20), () -> allKnow(machines, MACHINES - 1));
    System.out.printf("partition: noticed by all after %.1f s, healed in %.1f s%n", parted, healed);
  }

  private static String addresses(List<Machine> those) {
    return String.join(", ", those.stream().map(Machine::address).toList());
  }
}
