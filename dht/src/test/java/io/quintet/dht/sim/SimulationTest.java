package io.quintet.dht.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The engine in networks of many sizes. Fixed seeds, and one that is drawn and printed: pass it
/// again with `-Dseed=` to repeat the tests, or run the printed command.
class SimulationTest {
  private static final long DRAWN =
      Long.getLong("seed", new SplittableRandom().nextLong(1_000_000));

  @Test
  void oneSeedGivesOneTraceAndAnotherSeedAnother() {
    for (Scenario scenario : Scenario.values()) {
      SimulationResult first = small(scenario, 7);
      assertEquals(first, small(scenario, 7), scenario.commandName());
      assertNotEquals(first.traceHash(), small(scenario, 8).traceHash(), scenario.commandName());
    }
    assertEquals(
        Simulation.run(Scenario.PROVIDERS, 400, 7), Simulation.run(Scenario.PROVIDERS, 400, 7));
  }

  private static SimulationResult small(Scenario scenario, long seed) {
    return new Simulation(new SimulationOptions(scenario, 16, seed, 50, false), null).play();
  }

  @Test
  void aTraceIsTheHistoryLineByLineAndChangesNothing() {
    List<String> lines = new ArrayList<>();
    SimulationOptions options = new SimulationOptions(Scenario.JOIN, 5, DRAWN);
    SimulationResult traced = new Simulation(options, lines::add).play();
    assertEquals(Simulation.run(Scenario.JOIN, 5, DRAWN), traced);
    assertEquals("stage 1 of 5 nodes", lines.getFirst());
    assertTrue(lines.stream().anyMatch(line -> line.contains(": find_node ")), lines.toString());
    assertTrue(lines.stream().anyMatch(line -> line.contains(": pong, run 1")), lines.toString());
  }

  @Test
  void nodesWhoseFirstContactWasDeafForAWhileAreFoundLikeAllOthers() {
    // With these seeds some nodes' first pings are all lost, so that they and those who start from
    // them are an island for some seconds.
    for (long seed : new long[] {4, 8}) {
      SimulationResult result = Simulation.run(Scenario.JOIN, 1_000, seed);
      assertTrue(result.lookupsSucceeded() >= 998, said(result));
    }
  }

  /// One message in a hundred is lost each way, so all three calls to one node fail in one of
  /// 100,000 lookups: more than three such lookups of a hundred are no chance.
  @Test
  void lookupsInASmallNetworkFindEverybodyButForLostCalls() {
    for (int nodes : new int[] {2, 3, 8, 20, 50}) {
      SimulationResult result = Simulation.run(Scenario.JOIN, nodes, DRAWN);
      String said = drawn(Scenario.JOIN, nodes, result);
      assertTrue(result.lookupsSucceeded() >= result.lookups() - 3, said);
      assertTrue(result.recallMean() >= 0.97, said);
    }
  }

  @Test
  void everyRecordOfAFreshClusterIsFoundThoughFourOfFiveProvidersMayDie() {
    for (int nodes : new int[] {7, 50}) {
      SimulationResult result = Simulation.run(Scenario.PROVIDERS, nodes, DRAWN);
      String said = drawn(Scenario.PROVIDERS, nodes, result);
      assertTrue(result.keysSearched() >= 3_000, said);
      assertEquals(result.keysSearched(), result.keysFoundAny(), said);
      assertTrue(result.keysFound() >= 0.999 * result.keysSearched(), said);
    }
  }

  @Test
  void aRestoreFromSevenNodesTakesSevenCallsPerThousandKeys() {
    SimulationResult result = Simulation.run(Scenario.PROVIDERS, 7, 1);
    assertTrue(result.rpcsPerSearchMean() <= 8, said(result));
  }

  @Test
  void lookupsSucceedUnderChurn() {
    SimulationResult result = Simulation.run(Scenario.CHURN, 400, 3);
    assertTrue(result.lookupSuccess() >= 0.999, said(result));
    assertShortWays(result);
  }

  @Test
  void lookupsSucceedAfterFortyPercentDied() {
    SimulationResult result = Simulation.run(Scenario.FAILURE, 400, 4);
    assertTrue(result.lookupSuccess() >= 0.99, said(result));
  }

  @Test
  void aDeadNodeIsNoticedWithinFifteenSecondsThoughATenthOfAllMessagesIsLost() {
    SimulationResult result = Simulation.run(Scenario.FAILURE, 50, DRAWN);
    String said = drawn(Scenario.FAILURE, 50, result);
    assertEquals(0, figure(result, "deathsUnnoticed"), said);
    assertTrue(figure(result, "deathsNoticed") > 100, said);
    assertTrue(figure(result, "noticedWithin15sPercent") > 99, said);
  }

  @Test
  void everybodyKnowsWhoRunsThoughHalfOfTheBeaconsAreLost() {
    SimulationResult result = Simulation.run(Scenario.CHURN, 30, 2);
    assertTrue(figure(result, "membershipNodeSeconds") > 1_000_000, said(result));
    assertTrue(figure(result, "membershipRightPercent") >= 99.9, said(result));
  }

  @Test
  void aNetworkThatBrokeInAnyOfSixWaysIsOneAgain() {
    SimulationResult result = Simulation.run(Scenario.PARTITION, 100, DRAWN);
    String said = drawn(Scenario.PARTITION, 100, result);
    assertEquals(6, result.figures().size(), said);
    result.figures().forEach((name, percent) -> assertTrue(percent >= 95, name + " of " + said));
    assertTrue(result.lookupSuccess() >= 0.99, said);
  }

  @Test
  void lookupsOnEightPathsSucceedThoughHalfOfTheNodesAreHostile() {
    SimulationResult result = Simulation.run(Scenario.SYBIL, 200, DRAWN);
    String said = drawn(Scenario.SYBIL, 200, result);
    for (String figure : List.of("lookupSuccessPercent", "keysFoundPercent")) {
      assertTrue(figure(result, figure + "At20") >= 97, said);
      assertTrue(figure(result, figure + "At50") >= 85, said);
      assertTrue(figure(result, figure + "InventedAt20") >= 95, said);
      assertTrue(figure(result, figure + "InventedAt50") >= 85, said);
    }
  }

  @Test
  void aKeyIsFoundThoughHostileNodesAreAllNearerToItThanHonestOnes() {
    SimulationResult result = Simulation.run(Scenario.ECLIPSE, 200, 1);
    assertTrue(figure(result, "keysFoundPercentAt20") >= 99, said(result));
    assertTrue(figure(result, "keysFoundPercentAt50") >= 85, said(result));
  }

  @Test
  void aThousandChunksPerNodeTakeNoMoreThanSixteenLookupsPerCycle() {
    SimulationOptions options = new SimulationOptions(Scenario.REPUBLISH, 25, DRAWN, 1_000, false);
    SimulationResult result = new Simulation(options, null).play();
    String said = "replay: " + options.command() + "; " + result;
    assertTrue(figure(result, "lookupsPerCycleMax1000") <= 16, said);
    assertTrue(figure(result, "storesPerCycleMean1000") >= 8, said);
    assertTrue(figure(result, "keysFoundPercent1000") >= 99, said);
  }

  @Test
  void filledTablesHoldNoMoreThanJoiningLeaves() {
    SimulationOptions options = new SimulationOptions(Scenario.JOIN, 1_000, 1, 0, true);
    SimulationResult filled = new Simulation(options, null).play();
    SimulationResult joined = Simulation.run(Scenario.JOIN, 1_000, 1);
    assertTrue(filled.lookupSuccess() >= 0.999, said(filled));
    assertTrue(filled.membersMean() < joined.membersMean(), said(joined));
    assertShortWays(filled);
    assertTrue(filled.routingBytesMean() < 4_500, said(filled));
  }

  @Test
  void tenThousandNodesJoinLookUpAndChurn() {
    SimulationResult result = Simulation.run(Scenario.CHURN, 10_000, 1);
    assertEquals(10_000, result.nodesLive());
    assertTrue(result.lookupSuccess() >= 0.999, said(result));
    assertShortWays(result);
  }

  @Test
  void impossibleRunsAreRefusedByName() {
    assertThrows(IllegalArgumentException.class, () -> Simulation.run(Scenario.JOIN, 1, 1));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Scenario.named("joni"));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("join, churn"), message);
  }

  @Test
  void aBrokenRuleNamesTheCommandThatRepeatsTheRun() {
    String command = Simulation.command(Scenario.CHURN, 400, -3);
    assertEquals("scripts/quintet simulate churn --nodes 400 --seed -3", command);
    Invariants rules = new Invariants(Simulation.configFor(400), command);
    SimulationFailure failure =
        assertThrows(SimulationFailure.class, () -> rules.repliedOnce(7, false));
    assertEquals("request 7 was answered twice", failure.what());
    assertEquals(failure.what() + "; replay: " + command, failure.getMessage());
  }

  /// Half the logarithm of the network's size, plus one: what Kademlia with k = 20 stays below.
  private static void assertShortWays(SimulationResult result) {
    double bound = Math.log(result.nodes()) / Math.log(2) / 2 + 1;
    assertTrue(result.hopsMean() <= bound, said(result));
  }

  private static String drawn(Scenario scenario, int nodes, SimulationResult result) {
    return "replay: " + Simulation.command(scenario, nodes, DRAWN) + "; " + result;
  }

  private static double figure(SimulationResult result, String name) {
    return Objects.requireNonNull(result.figures().get(name), name);
  }

  private static String said(SimulationResult result) {
    return result.toString();
  }
}
