package io.quintet.dht.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
      SimulationResult first = Simulation.run(scenario, 1_000, 7);
      assertEquals(first, Simulation.run(scenario, 1_000, 7), scenario.commandName());
      assertNotEquals(
          Simulation.run(scenario, 40, 7).traceHash(),
          Simulation.run(scenario, 40, 8).traceHash(),
          scenario.commandName());
    }
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

  /// One message in a hundred is lost each way, so both calls to one node fail in 4 of 10,000
  /// lookups: more than three such lookups of a hundred are no chance.
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
    assertTrue(result.lookupSuccess() >= 0.995, said(result));
    assertShortWays(result);
  }

  @Test
  void lookupsSucceedAfterFortyPercentDied() {
    SimulationResult result = Simulation.run(Scenario.FAILURE, 400, 4);
    assertTrue(result.lookupSuccess() >= 0.99, said(result));
  }

  @Test
  void aHealedPartitionIsOneNetworkAgain() {
    SimulationResult result = Simulation.run(Scenario.PARTITION, 100, 5);
    assertTrue(result.lookupSuccess() >= 0.99, said(result));
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

  private static String said(SimulationResult result) {
    return result.toString();
  }
}
