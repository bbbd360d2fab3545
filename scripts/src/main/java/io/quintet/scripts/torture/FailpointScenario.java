package io.quintet.scripts.torture;

import java.util.List;
import java.util.Map;

/// A node that dies, fails or waits at one named step, one step and fault after the other.
final class FailpointScenario implements Scenario {
  private static final List<String> FAULTS = List.of("kill", "error", "delay");
  private static final int PUTS = 6;

  private final List<String> steps;

  /// @param steps names as in `quintet.failpoint`
  FailpointScenario(List<String> steps) {
    this.steps = steps;
  }

  @Override
  public String name() {
    return "failpoints";
  }

  @Override
  public String what() {
    return "at each named step of put and start-up a node is killed, delayed or fails; after a"
        + " restart every acknowledged chunk is there";
  }

  @Override
  public void run(Trial trial) throws Exception {
    Victim node = trial.arena().node(trial.arena().path("failing"), "--reserve", "1B");
    Acknowledged acknowledged = new Acknowledged();
    int first = trial.random().nextInt(steps.size() * FAULTS.size());
    while (trial.more()) {
      int turn = first + trial.rounds() - 1;
      String step = steps.get(turn / FAULTS.size() % steps.size());
      String fault = FAULTS.get(turn % FAULTS.size());
      String plan = step + ":" + fault + ":" + (1 + trial.random().nextInt(PUTS - 2));
      node.begin(Map.of("QUINTET_JAVA_OPTS", "-Dquintet.failpoint=" + plan));
      put(trial, node, acknowledged);
      node.kill();
      node.start(trial);
      trial.count(fault, 1);
      acknowledged.checkRecent(trial, node.url());
      node.kill();
    }
    node.start(trial);
    acknowledged.checkAll(trial, node.url());
    trial.figure("acknowledged", acknowledged.count());
  }

  /// Puts a few chunks; the node may die meanwhile, or before it is ready.
  private static void put(Trial trial, Victim node, Acknowledged acknowledged) throws Exception {
    if (!node.readyOrDead(trial)) {
      trial.count("died at start", 1);
      return;
    }
    for (int i = 0; i < PUTS; i++) {
      Blob blob = Blob.draw(trial.random(), 1 << 20);
      int status = ChunkCalls.put(node.url(), blob.bytes());
      if (status == 201 || status == 200) {
        acknowledged.add(blob);
      } else {
        trial.count(status == ChunkCalls.NO_ANSWER ? "no answer" : "PUT " + status, 1);
      }
      if (status == 201 && trial.random().nextBoolean()) {
        // A stop in between lets the next start find something unfinished now and then.
        trial.count("chunks read back", 1);
        int got = ChunkCalls.get(node.url(), "/chunk/" + Blob.id(blob.bytes())).status();
        trial.require(got == 200 || got == ChunkCalls.NO_ANSWER, "GET answers " + got);
      }
    }
  }
}
