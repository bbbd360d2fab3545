package io.quintet.node.service.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.quintet.node.work.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The services that keep replicas, over a network in memory and a clock that the test turns.
class ReplicaUpkeepTest {
  private static final Duration TURN = Duration.ofSeconds(10);
  private static final UpkeepSettings SETTINGS = UpkeepSettings.standard();

  private static Village village(int houses) throws Exception {
    Village village = new Village(houses, SETTINGS, 42);
    village.store(20, 5);
    village.live(Duration.ofMinutes(1), TURN);
    return village;
  }

  private static void down(List<House> houses) {
    houses.forEach(house -> house.up = false);
  }

  @Test
  void whereNothingIsMissingNothingIsCopied() throws Exception {
    Village village = village(10);
    village.live(Duration.ofHours(3), Duration.ofMinutes(5));
    assertEquals(0, village.figure("repair", "copied"));
    assertEquals(5, village.fewest());
    assertEquals(5, village.most());
  }

  @Test
  void newcomersMakeNobodyCountWhereNothingIsMissing() throws Exception {
    Village village = village(10);
    int before = lookups(village);
    assertTrue(before >= 10, before + " lookups for the first count");
    for (int i = 0; i < 10; i++) {
      village.grow(1);
      village.live(TURN, TURN);
    }
    assertEquals(before, lookups(village));
  }

  @Test
  void repairWithNothingToDoRestsTenSecondsHoweverLongAgoTheLastCountWas() throws Exception {
    Village village = village(10);
    village.live(Duration.ofMinutes(3), TURN);
    for (House house : village.houses) {
      assertTrue(
          house.worker("repair").step() instanceof Step.Idle(Duration pause)
              && pause.compareTo(TURN) >= 0);
    }
  }

  @Test
  void whereNodesComeAndGoAllTheTimeCountingTakesNoMoreThanAFifthOfIt() throws Exception {
    Village village = village(10);
    House slow = village.houses.getFirst();
    slow.lookupTime = Duration.ofSeconds(20);
    int before = slow.lookups.get();
    long began = village.time.millis();
    for (int i = 0; i < 40; i++) {
      village.houses.getLast().up = i % 4 < 2;
      village.live(TURN, TURN);
    }
    long tookMillis = village.time.millis() - began;
    int counts = slow.lookups.get() - before;
    assertTrue(counts >= 3, counts + " counts");
    assertTrue(counts * 20_000L <= tookMillis / 5 + 20_000L, counts + " in " + tookMillis + " ms");
  }

  private static int lookups(Village village) {
    return village.houses.stream().mapToInt(house -> house.lookups.get()).sum();
  }

  @Test
  void aRestartWithinTheGraceCopiesNothingAndALongerAbsenceDoes() throws Exception {
    Village village = village(10);
    down(village.houses.subList(0, 1));
    village.live(Duration.ofMinutes(50), TURN);
    assertEquals(0, village.figure("repair", "copied"));
    village.houses.getFirst().up = true;
    village.live(Duration.ofMinutes(10), TURN);
    down(village.houses.subList(0, 1));
    village.live(Duration.ofMinutes(50), TURN);
    assertEquals(0, village.figure("repair", "copied"));
    village.live(Duration.ofMinutes(20), TURN);
    assertEquals(5, village.fewest());
    assertEquals(5, village.most());
  }

  @Test
  void chunksWithOneOrTwoReplicasAreRepairedAtOnceAndAreAtFiveInTenMinutesEvenUnderTheBrake()
      throws Exception {
    Village village = village(10);
    List<Key> urgent;
    down(village.houses.subList(0, 4));
    urgent = village.chunks.stream().filter(chunk -> village.replicas(chunk) <= 2).toList();
    assertTrue(!urgent.isEmpty() && urgent.size() < village.chunks.size());
    village.live(Duration.ofMinutes(3), TURN);
    for (Key chunk : village.chunks) {
      int replicas = village.replicas(chunk);
      assertTrue(urgent.contains(chunk) ? replicas >= 3 : replicas < 5, () -> "" + replicas);
    }
    village.live(Duration.ofMinutes(7), TURN);
    for (Key chunk : village.chunks) {
      int replicas = village.replicas(chunk);
      assertTrue(urgent.contains(chunk) ? replicas == 5 : replicas < 5, () -> "" + replicas);
    }
    // The window passes: they are gone.
    village.live(Duration.ofHours(2), TURN);
    assertEquals(5, village.fewest());
    assertEquals(5, village.most());
  }

  @Test
  void whatANodeSaysOfItsReplicasIsTrueWhileItRepairs() throws Exception {
    Village village = new Village(5, SETTINGS, 11);
    village.store(20, 5);
    village.grow(4);
    village.live(Duration.ofMinutes(1), TURN);
    down(village.houses.subList(1, 5));
    village.live(Duration.ofSeconds(90), TURN);
    House survivor = village.houses.getFirst();
    // Two copies of each were made at once, two more wait for the end of the short grace.
    assertEquals(3, village.fewest());
    ReplicaCount.Summary summary = survivor.upkeep.replicas();
    assertEquals(Map.of(3, 20), summary.byReplicas());
    long seconds = summary.secondsToFullHealth();
    assertTrue(seconds >= 180 && seconds <= 270, () -> "in " + seconds + " s");
    int counted =
        village.houses.stream()
            .filter(house -> house.up)
            .mapToInt(house -> house.upkeep.replicas().firstByReplicas().getOrDefault(3, 0))
            .sum();
    assertEquals(20, counted, "each chunk is counted once");
    village.live(Duration.ofSeconds(seconds + 60), TURN);
    assertEquals(Map.of(5, 20), survivor.upkeep.replicas().byReplicas());
    assertEquals(0, survivor.upkeep.replicas().secondsToFullHealth());
    assertEquals(5, village.most());
  }

  @Test
  void newChunksAreCountedWhenNoMoreCome() throws Exception {
    Duration turn = Duration.ofSeconds(5);
    Village village = new Village(5, SETTINGS, 13);
    village.live(Duration.ofMinutes(1), turn);
    House one = village.houses.getFirst();
    for (int i = 0; i < 6; i++) {
      village.store(10, 5);
      village.live(turn, turn);
      assertEquals(Map.of(), one.upkeep.replicas().byReplicas(), "more come");
    }
    village.live(Duration.ofSeconds(30), turn);
    assertEquals(Map.of(5, 60), one.upkeep.replicas().byReplicas());
  }

  @Test
  void whoLeavesPolitelyIsReplacedAtOnce() throws Exception {
    Village village = village(10);
    village.houses.getFirst().leaving = true;
    village.live(Duration.ofMinutes(1), TURN);
    down(village.houses.subList(0, 1));
    village.live(Duration.ofMinutes(5), TURN);
    assertEquals(5, village.fewest());
    assertEquals(5, village.most());
  }

  @Test
  void tooFewNodesAreUsedAsSoonAsTheyCome() throws Exception {
    Village village = new Village(3, SETTINGS, 7);
    village.store(10, 3);
    village.live(Duration.ofHours(2), Duration.ofMinutes(1));
    assertEquals(3, village.fewest());
    assertEquals(-1, village.houses.getFirst().upkeep.replicas().secondsToFullHealth());
    village.grow(3);
    village.live(Duration.ofMinutes(10), TURN);
    assertEquals(5, village.fewest());
    assertEquals(5, village.most());
    assertEquals(0, village.houses.getFirst().upkeep.replicas().secondsToFullHealth());
  }

  @Test
  void aFullNodeIsPassedOver() throws Exception {
    Village village = village(7);
    village.houses.get(5).full = true;
    down(village.houses.subList(0, 1));
    village.live(Duration.ofHours(2), TURN);
    assertTrue(village.fewest() >= 5 - 1);
    assertEquals(0, village.figure("repair", "failed"));
  }

  private static void caught(House.Manner manner) throws Exception {
    Village village = village(10);
    village.houses.getFirst().manner = manner;
    int before = village.fewest();
    assertEquals(4, before);
    village.houses.forEach(house -> house.upkeep.auditNow());
    for (int pass = 0; pass < 6; pass++) {
      village.live(Duration.ofMinutes(2), TURN);
      village.houses.forEach(house -> house.upkeep.auditNow());
    }
    // Well within the grace that silent nodes have.
    village.live(Duration.ofMinutes(10), TURN);
    assertTrue(village.figure("audit", "wrong") > 0);
    // Only the liar loses its standing: nobody else was made to drop a copy.
    for (Key chunk : village.chunks) {
      assertTrue(village.replicas(chunk) >= 4, () -> manner + " " + chunk);
    }
    assertTrue(village.most() <= 6);
    long five = village.chunks.stream().filter(chunk -> village.replicas(chunk) >= 5).count();
    assertEquals(village.chunks.size(), five);
  }

  @Test
  void aNodeThatMakesProofsUpIsReplaced() throws Exception {
    caught(House.Manner.PRETENDS);
  }

  @Test
  void aNodeThatReplaysAProofIsReplaced() throws Exception {
    caught(House.Manner.REPLAYS);
  }

  @Test
  void aNodeThatHasOthersProveIsReplaced() throws Exception {
    caught(House.Manner.RELAYS);
  }

  @Test
  void aRottenCopyIsToldToItsNodeWhichLooksItself() throws Exception {
    Village village = village(10);
    House rotten = village.houses.getFirst();
    rotten.manner = House.Manner.ROTTEN;
    int held = rotten.store.usage().chunks();
    for (int pass = 0; pass < 8; pass++) {
      village.houses.forEach(house -> house.upkeep.auditNow());
      village.live(Duration.ofMinutes(2), TURN);
    }
    assertTrue(rotten.rechecks.get() > 0);
    assertTrue(rotten.store.usage().chunks() < held);
    for (House house : village.houses) {
      assertTrue(house == rotten || house.rechecks.get() == 0, "only the rotten one is told");
    }
  }

  @Test
  void aSilentNodeIsNeverCalledWrong() throws Exception {
    Village village = village(10);
    down(village.houses.subList(0, 2));
    village.houses.forEach(house -> house.upkeep.auditNow());
    village.live(Duration.ofHours(5), Duration.ofMinutes(1));
    assertEquals(0, village.figure("audit", "wrong"));
    assertEquals(0, village.figure("audit", "missing"));
  }

  @Test
  void halvesOfANetworkThatPartsDoNotCopyEverything() throws Exception {
    Village village = village(12);
    for (int i = 0; i < 6; i++) {
      village.houses.get(i).partOfTheWorld = false;
    }
    village.live(Duration.ofMinutes(40), TURN);
    long urgent = village.figure("repair", "copied");
    village.houses.forEach(house -> house.partOfTheWorld = true);
    village.live(Duration.ofMinutes(40), TURN);
    assertEquals(urgent, village.figure("repair", "copied"), "nothing more after the reunion");
    assertTrue(village.most() <= 10);
    assertEquals(1, village.fewest() >= 5 ? 1 : 0);
  }

  @Test
  void surplusIsTrimmedAfterAWeekDownToFiveAndNoFurther() throws Exception {
    Village village = new Village(8, SETTINGS, 9);
    village.store(5, 7);
    village.live(Duration.ofDays(6), Duration.ofMinutes(30));
    assertEquals(7, village.fewest());
    village.live(Duration.ofDays(2), Duration.ofMinutes(30));
    assertEquals(5, village.fewest());
    assertEquals(5, village.most());
  }

  @Test
  void noCopyIsTrimmedWhileAWitnessCannotProveItsOwn() throws Exception {
    Village village = new Village(8, SETTINGS, 9);
    village.store(5, 6);
    village.live(Duration.ofDays(7).minusMinutes(20), Duration.ofMinutes(20));
    assertEquals(6, village.fewest());
    // Shortly before the trimming, and so before an audit can notice, one holder loses its chunks.
    village.houses.getFirst().manner = House.Manner.PRETENDS;
    for (int turn = 0; turn < 360; turn++) {
      village.live(TURN, TURN);
      assertTrue(village.fewest() >= 5, "five others have it at any time");
    }
  }
}
