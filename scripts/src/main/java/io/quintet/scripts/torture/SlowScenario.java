package io.quintet.scripts.torture;

import io.quintet.scripts.torture.times.GetTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/// Two of seven nodes that run for a tenth of the time, in pieces.
final class SlowScenario implements Scenario {
  private static final int NODES = 7;
  private static final int SLOW = 2;
  private static final int FILE_BYTES = 4 << 20;
  private static final int CHUNK_GETS = 200;
  private static final long GET_MILLIS_MAX = 5_000;

  @Override
  public String name() {
    return "slow";
  }

  @Override
  public String what() {
    return "two of seven nodes are stopped nine tenths of the time, up to a second at a time; files"
        + " are put on five nodes and come back bit for bit, and no chunk takes five seconds";
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> nodes = trial.arena().cluster(trial, NODES, "--reserve", "1B");
    while (trial.more()) {
      AtomicReference<Exception> failed = new AtomicReference<>();
      List<Thread> troubles = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        Victim slow = nodes.get((trial.rounds() + i) % NODES);
        Random random = new Random(trial.random().nextLong());
        troubles.add(Thread.ofPlatform().daemon().start(() -> slowDown(slow, random, failed)));
      }
      try {
        StoredFile file = StoredFile.put(trial, nodes, "file-" + trial.rounds(), FILE_BYTES);
        file.getBack(trial);
        GetTimes gets =
            GetTimes.ofChunks(trial.arena().clientPlace(), file.manifestPath(trial), CHUNK_GETS);
        trial.figure("chunk median ms", Math.round(gets.medianMillis()));
        trial.figure("chunk p99 ms", Math.round(gets.p99Millis()));
        trial.figure("chunk slowest ms", Math.round(gets.slowestMillis()));
        trial.require(
            gets.slowestMillis() < GET_MILLIS_MAX,
            "a chunk takes " + Math.round(gets.slowestMillis()) + " ms");
      } finally {
        for (Thread trouble : troubles) {
          trouble.interrupt();
          trouble.join();
        }
      }
      if (failed.get() != null) {
        throw failed.get();
      }
    }
  }

  private static void slowDown(Victim node, Random random, AtomicReference<Exception> failed) {
    try {
      try {
        while (true) {
          int millis = 1 + random.nextInt(1_000);
          node.signal("STOP");
          Thread.sleep(millis);
          node.signal("CONT");
          Thread.sleep(1 + millis / 9);
        }
      } finally {
        node.signal("CONT");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failed.set(e);
    }
  }
}
