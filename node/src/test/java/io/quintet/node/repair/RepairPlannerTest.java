package io.quintet.node.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quintet.dht.id.Key;
import io.quintet.dht.order.HashOrder;
import io.quintet.node.repair.Holder.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepairPlannerTest {
  private static final RepairPolicy POLICY = RepairPolicy.standard();
  private static final RepairPlanner PLANNER = new RepairPlanner(POLICY);
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final Key CHUNK = new Key(7, 7, 7, 7);

  /// Nodes 0, 1, ... in the order of the chunk.
  private static final List<Key> NODES =
      HashOrder.sorted(
          CHUNK, IntStream.range(0, 30).mapToObj(i -> new Key(i, 0, 0, 1)).toList(), node -> node);

  private final List<Holder> holders = new ArrayList<>();
  private ChunkMemory memory = new ChunkMemory(0, 0, 0, ChunkMemory.NEVER);
  private boolean braked;

  private void hold(State state, long since, int... nodes) {
    for (int node : nodes) {
      holders.add(new Holder(NODES.get(node), "host" + node, state, since));
    }
  }

  private static List<Candidate> others() {
    return IntStream.range(10, 20)
        .mapToObj(i -> new Candidate(NODES.get(i), "host" + i, true))
        .toList();
  }

  private Decision decide(int self, long now) {
    return decide(self, now, others());
  }

  private Decision decide(int self, long now, List<Candidate> candidates) {
    ChunkView view = new ChunkView(CHUNK, 5, NODES.get(self), holders, candidates, memory);
    return PLANNER.decide(view, new RepairPlanner.Situation(now, braked));
  }

  private static Decision copy(int replicas, int... targets) {
    return new Decision.Copy(replicas, IntStream.of(targets).mapToObj(NODES::get).toList());
  }

  @Test
  void fiveReplicasNeedNothing() {
    hold(State.PRESENT, 0, 0, 1, 2, 3, 4);
    assertEquals(new Decision.Healthy(5), decide(0, HOUR));
  }

  @Test
  void oneOrTwoReplicasAreRepairedAtOnceByTheFirstHolder() {
    hold(State.PRESENT, 0, 0, 1);
    hold(State.SILENT, 1_000, 2, 3, 4);
    assertEquals(copy(2, 10, 11), decide(0, 1_000));
    assertEquals(
        Decision.Reason.TURN, assertInstanceOf(Decision.Wait.class, decide(1, 1_000)).reason());
    assertEquals(copy(2, 10, 11), decide(1, 1_000 + POLICY.turnMillis()));
  }

  @Test
  void afterAHeavyLossThePauseEndsWhenTheShortGraceDoesAndNotATurnLater() {
    hold(State.PRESENT, 0, 0, 1, 2);
    hold(State.SILENT, 1_000, 3, 4, 5, 6);
    // Seven, if all of them came back: no more for now, however often one looks.
    Decision.Wait wait = assertInstanceOf(Decision.Wait.class, decide(0, 20_000));
    assertEquals(1_000 + 5 * MINUTE, wait.untilMillis());
    assertEquals(copy(3, 10, 11), decide(0, wait.untilMillis()));
  }

  @Test
  void threeReplicasWaitFiveMinutesAndFourTheGrace() {
    hold(State.PRESENT, 0, 0, 1, 2);
    hold(State.SILENT, 0, 3, 4);
    assertEquals(
        new Decision.Wait(3, 5 * MINUTE, Decision.Reason.GRACE), decide(0, 5 * MINUTE - 1));
    assertEquals(copy(3, 10), decide(0, 5 * MINUTE));
    assertEquals(copy(3, 10, 11), decide(0, HOUR));
    holders.clear();
    hold(State.PRESENT, 0, 0, 1, 2, 3);
    hold(State.SILENT, 0, 4);
    assertEquals(new Decision.Wait(4, HOUR, Decision.Reason.GRACE), decide(0, HOUR - 1));
    assertEquals(copy(4, 10), decide(0, HOUR));
  }

  @Test
  void theGraceCountsFromTheLossThatMadeTheReplicaMissing() {
    hold(State.PRESENT, 0, 0, 1, 2, 3);
    hold(State.SILENT, 0, 4);
    hold(State.SILENT, 10 * HOUR, 5);
    assertEquals(new Decision.Wait(4, 11 * HOUR, Decision.Reason.GRACE), decide(0, 10 * HOUR + 1));
  }

  @Test
  void whoLeftPolitelyIsNotWaitedFor() {
    hold(State.PRESENT, 0, 0, 1, 2, 3);
    hold(State.LEFT, 500, 4);
    assertEquals(copy(4, 10), decide(0, 500));
  }

  @Test
  void oneThatLeftDoesNotHurryTheReplicasOfTheSilent() {
    hold(State.PRESENT, 0, 0, 1, 2);
    hold(State.LEFT, 500, 3);
    hold(State.SILENT, 500, 4);
    assertEquals(copy(3, 10), decide(0, 500));
  }

  @Test
  void whoWasCaughtWithoutItsReplicaHasOneTurnToFetchIt() {
    hold(State.PRESENT, 0, 0, 1, 2, 3);
    hold(State.WITHOUT, 500, 4);
    assertEquals(
        new Decision.Wait(4, 500 + POLICY.turnMillis(), Decision.Reason.GRACE), decide(0, 500));
    assertEquals(copy(4, 10), decide(0, 500 + POLICY.turnMillis()));
  }

  @Test
  void whatNobodyExplainsCountsFromWhenItWasNoticed() {
    memory = ChunkMemory.NONE.seen(100, 3, 5);
    hold(State.PRESENT, 0, 0, 1, 2);
    assertEquals(new Decision.Wait(3, 100 + 5 * MINUTE, Decision.Reason.GRACE), decide(0, 200));
    assertEquals(copy(3, 10), decide(0, 100 + 5 * MINUTE));
  }

  @Test
  void allHoldersChooseTheSameTargetsWhateverTheOrderOfWhatTheySee() {
    hold(State.PRESENT, 0, 0, 1);
    hold(State.SILENT, 0, 2, 3, 4);
    Decision first = decide(0, HOUR);
    List<Candidate> turned = new ArrayList<>(others()).reversed();
    assertEquals(first, decide(1, HOUR, turned));
  }

  @Test
  void targetsAreInPlacesOfTheirOwnWherePossible() {
    hold(State.PRESENT, 0, 0, 1, 2);
    hold(State.SILENT, 0, 3, 4);
    List<Candidate> candidates =
        List.of(
            new Candidate(NODES.get(10), "host0", true),
            new Candidate(NODES.get(11), "host11", true),
            new Candidate(NODES.get(12), "host11", true),
            new Candidate(NODES.get(13), "host2", true));
    assertEquals(copy(3, 11, 10), decide(0, HOUR, candidates));
  }

  @Test
  void fullNodesAreNoTargets() {
    hold(State.PRESENT, 0, 0, 1, 2, 3);
    hold(State.SILENT, 0, 4);
    List<Candidate> full = List.of(new Candidate(NODES.get(10), "host10", false));
    assertEquals(
        Decision.Reason.NO_TARGET,
        assertInstanceOf(Decision.Wait.class, decide(0, HOUR, full)).reason());
  }

  @Test
  void aFailedAttemptBacksOffMoreEachTime() {
    hold(State.PRESENT, 0, 0);
    hold(State.SILENT, 0, 1, 2, 3, 4);
    memory = memory.failed(HOUR);
    assertEquals(
        new Decision.Wait(1, HOUR + POLICY.backOffMillisMin(), Decision.Reason.BACK_OFF),
        decide(0, HOUR));
    memory = memory.failed(HOUR);
    assertEquals(
        new Decision.Wait(1, HOUR + 2 * POLICY.backOffMillisMin(), Decision.Reason.BACK_OFF),
        decide(0, HOUR));
    for (int i = 0; i < 100; i++) {
      memory = memory.failed(HOUR);
    }
    assertEquals(
        new Decision.Wait(1, HOUR + POLICY.backOffMillisMax(), Decision.Reason.BACK_OFF),
        decide(0, HOUR));
  }

  @Test
  void theBrakeStopsAllButTheLastTwoReplicas() {
    braked = true;
    hold(State.PRESENT, 0, 0, 1, 2);
    hold(State.SILENT, 0, 3, 4);
    assertEquals(
        Decision.Reason.BRAKE, assertInstanceOf(Decision.Wait.class, decide(0, HOUR)).reason());
    holders.clear();
    hold(State.PRESENT, 0, 0, 1);
    hold(State.SILENT, 0, 2, 3, 4);
    assertEquals(copy(2, 10, 11, 12), decide(0, HOUR));
  }

  @Test
  void theBrakeHoldsWhenMoreThanAThirdVanishWithinOneWindow() {
    long window = POLICY.brakeWindowMillis();
    assertEquals(
        false, PartitionBrake.holds(0, 6, Map.of("a", 0L, "b", 0L, "c", 0L).values(), window));
    assertEquals(true, PartitionBrake.holds(0, 5, List.of(0L, 0L, 0L), window));
    assertEquals(false, PartitionBrake.holds(window, 5, List.of(0L, 0L, 0L), window));
    assertEquals(false, PartitionBrake.holds(window, 5, List.of(0L, 0L, 2L), window));
    assertEquals(false, PartitionBrake.holds(0, 0, List.of(), window));
  }

  @Test
  void onlyTheLastHoldersTrimAndOnlyAfterAWeekWithFiveOthersAsWitnesses() {
    hold(State.PRESENT, 0, 0, 1, 2, 3, 4, 5);
    long week = POLICY.trimAfterMillis();
    assertEquals(new Decision.Healthy(6), decide(5, week - 1));
    assertEquals(new Decision.Trim(6, NODES.subList(0, 5)), decide(5, week));
    for (int holder = 0; holder < 5; holder++) {
      assertEquals(new Decision.Healthy(6), decide(holder, week));
    }
    memory = ChunkMemory.NONE;
    assertEquals(new Decision.Healthy(6), decide(5, week));
  }

  @Test
  void memoryForgetsWhenAllIsWell() {
    ChunkMemory bad = ChunkMemory.NONE.seen(5, 3, 5).failed(6).seen(7, 3, 5);
    assertEquals(new ChunkMemory(5, ChunkMemory.NEVER, 1, 6), bad);
    assertEquals(ChunkMemory.NONE, bad.seen(8, 5, 5));
    assertEquals(9, ChunkMemory.NONE.seen(9, 6, 5).surplusSinceMillis());
  }

  @Test
  void replicasThatFellSilentJustNowCountTowardsTheMostThatAreMade() {
    hold(State.PRESENT, 0, 0, 1);
    hold(State.SILENT, 0, 2, 3, 4);
    assertEquals(copy(2, 10, 11), decide(0, 1_000));
    holders.clear();
    hold(State.PRESENT, 0, 0);
    hold(State.SILENT, 0, 1, 2, 3, 4);
    assertEquals(copy(1, 10, 11), decide(0, 1_000));
  }

  @Test
  void anEmergencyEndsWithAllReplicasAfterTheShortGrace() {
    hold(State.PRESENT, 0, 0, 1, 2);
    hold(State.SILENT, 0, 3, 4, 5, 6);
    assertInstanceOf(Decision.Wait.class, decide(0, 5 * MINUTE - 1));
    assertEquals(copy(3, 10, 11), decide(0, 5 * MINUTE));
  }

  @Test
  void differentChunksHaveDifferentOrders() {
    assertNotEquals(
        HashOrder.sorted(new Key(1, 1, 1, 1), NODES, node -> node),
        HashOrder.sorted(new Key(1, 1, 1, 2), NODES, node -> node));
  }
}
