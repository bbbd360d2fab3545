package io.quintet.scripts.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Four of ten nodes gone at the same moment.
final class LostScenario implements Scenario {
  private static final int NODES = 10;
  private static final int LOST = 4;
  private static final int FILE_BYTES = 3_300_000;

  @Override
  public String name() {
    return "lost";
  }

  @Override
  public String what() {
    return "four of ten nodes are killed at once; every file comes back at once from the others,"
        + " a new one is put on five of these, and the four come back with all they had";
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> nodes = trial.arena().cluster(trial, NODES, "--reserve", "1B");
    List<StoredFile> files = new ArrayList<>();
    while (trial.more()) {
      files.add(StoredFile.put(trial, nodes, "file-" + trial.rounds(), FILE_BYTES));
      List<Victim> lost = new ArrayList<>(nodes);
      Collections.shuffle(lost, trial.random());
      lost = lost.subList(0, LOST);
      for (Victim node : lost) {
        node.kill();
      }
      for (StoredFile file : files) {
        file.getBack(trial);
      }
      files.add(StoredFile.put(trial, nodes, "meanwhile-" + trial.rounds(), FILE_BYTES));
      for (Victim node : lost) {
        node.begin(Map.of());
      }
      for (Victim node : lost) {
        node.awaitReady(trial);
      }
      trial.arena().awaitMeeting(trial, nodes);
      for (StoredFile file : files) {
        file.isWholeEverywhere(trial);
      }
      trial.count("nodes lost", LOST);
    }
  }
}
