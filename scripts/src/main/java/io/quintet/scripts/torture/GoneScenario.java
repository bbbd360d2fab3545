package io.quintet.scripts.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All chunk files on four of the five holders removed under the running nodes.
final class GoneScenario implements Scenario {
  private static final int FILE_BYTES = 3_300_000;

  @Override
  public String name() {
    return "gone";
  }

  @Override
  public String what() {
    return "on four of five nodes every chunk file is removed under the running node; every file"
        + " still comes back from the fifth";
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> nodes = trial.arena().cluster(trial, 5, "--reserve", "1B");
    while (trial.more()) {
      StoredFile file = StoredFile.put(trial, nodes, "file-" + trial.rounds(), FILE_BYTES);
      List<Victim> victims = new ArrayList<>(nodes);
      Collections.shuffle(victims, trial.random());
      for (Victim victim : victims.subList(0, 4)) {
        trial.count("chunk files removed", removeChunks(victim));
      }
      file.getBack(trial);
      for (Map.Entry<String, List<Victim>> chunk : file.holders().entrySet()) {
        for (Victim holder : chunk.getValue()) {
          int status = ChunkCalls.get(holder.url(), "/chunk/" + chunk.getKey()).status();
          trial.require(status == 200 || status == 404, "a lost chunk answers " + status);
        }
      }
      file.getBack(trial);
      file.remove();
    }
  }

  private static int removeChunks(Victim victim) throws IOException {
    try (Stream<Path> files = Files.walk(victim.data().resolve("chunks"))) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
      return all.size();
    }
  }
}
