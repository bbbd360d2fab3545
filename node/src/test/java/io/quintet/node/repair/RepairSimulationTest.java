package io.quintet.node.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What repair costs while nodes flap, restart and die: the goals are in the numbers.
class RepairSimulationTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void repairCostsLittleMoreThanWhatWasLostAndNeverOverdoesIt(long seed) {
    RepairSimulation world =
        new RepairSimulation(new RepairSimulation.World(60, 150, 4, 6, 12), seed).run();
    String found =
        "seed %d: lost %d, copied %d, extra %d, fewest %d, most %d"
            .formatted(seed, world.lost, world.copied, world.extra, world.fewest, world.most);
    assertTrue(world.lost > 40, found);
    assertTrue(world.copied <= 1.2 * world.lost, found);
    assertTrue(world.extra <= 0.1 * world.copied, found);
    assertTrue(world.most <= 7, found);
    assertTrue(world.fewest >= 2, found);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void flappingAloneCopiesNextToNothing(long seed) {
    RepairSimulation world =
        new RepairSimulation(new RepairSimulation.World(40, 100, 2, 5, 0), seed).run();
    assertEquals(0, world.lost, "seed " + seed);
    assertTrue(world.copied <= 10, "seed " + seed + ": " + world.copied);
  }
}
