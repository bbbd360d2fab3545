package io.quintet.scripts.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node that dies, fails or waits at one named step, one step and fault after the other.
final class FailpointScenario implements Scenario {
  private static final List<String> FAULTS = List.of("kill", "error", "delay");
  private static final int PUTS = 6;
  private static final long WORK_MILLIS = 1_200;
  private static final long HEALED_SECONDS_MAX = 90;

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
    return "at one named step after the other a node is killed, fails or waits while it stores,"
        + " deletes, announces, repairs, scrubs and heals; after a restart every acknowledged chunk"
        + " is there, no deleted one is, and what was damaged is whole again";
  }

  @Override
  public void run(Trial trial) throws Exception {
    String[] options = {"--reserve", "1B", "--fast-repair"};
    List<Victim> helpers = trial.arena().cluster(trial, 2, options);
    Victim helper = helpers.getFirst();
    Victim node = trial.arena().node(trial.arena().path("failing"), options);
    Acknowledged acknowledged = new Acknowledged();
    int first = trial.random().nextInt(steps.size() * FAULTS.size());
    while (trial.more()) {
      int turn = first + trial.rounds() - 1;
      String step = steps.get(turn / FAULTS.size() % steps.size());
      String fault = FAULTS.get(turn % FAULTS.size());
      plantUnfinishedUpload(node);
      node.begin(Map.of("QUINTET_JAVA_OPTS", "-Dquintet.failpoint=" + step + ":" + fault));
      Blob damaged = node.readyOrDead(trial) ? work(trial, node, helper, acknowledged) : null;
      trial.count(node.isAlive() ? fault : fault + " that ended the node", 1);
      node.kill();
      node.start(trial);
      acknowledged.checkRecent(trial, node.url());
      if (damaged != null) {
        isHealed(trial, node, damaged);
        acknowledged.add(damaged);
      }
      node.kill();
    }
    node.start(trial);
    acknowledged.checkAll(trial, node.url());
    trial.figure("acknowledged", acknowledged.count());
    trial.figure("deleted", acknowledged.deletedCount());
  }

  private static void plantUnfinishedUpload(Victim node) throws IOException {
    String id = Blob.id(new byte[] {1});
    Path folder = node.chunkFile(id).getParent();
    if (folder != null && Files.isDirectory(folder)) {
      Files.write(folder.resolve("." + id + ".1.tmp"), new byte[100]);
    }
  }

  /// Lets the node do a little of everything; it may die at any moment.
  ///
  /// @return a chunk whose file was damaged, null when it came to none
  private static @Nullable Blob work(
      Trial trial, Victim node, Victim helper, Acknowledged acknowledged) throws Exception {
    List<Blob> fresh = new ArrayList<>();
    for (int i = 0; i < PUTS; i++) {
      Blob blob = new Blob(trial.random().nextLong(), 40 + trial.random().nextInt(200_000));
      int status = ChunkCalls.put(node.url(), blob.bytes());
      if (status == 201) {
        int copy = ChunkCalls.put(helper.url(), blob.bytes());
        trial.require(copy == 201, "PUT to the sound node answers " + copy);
        fresh.add(blob);
        acknowledged.add(blob);
      } else {
        trial.count(status == ChunkCalls.NO_ANSWER ? "puts without answer" : "PUT " + status, 1);
      }
    }
    Blob unwanted = acknowledged.beginDeletion(trial.random());
    if (unwanted != null && ChunkCalls.delete(node.url(), unwanted) == 204) {
      acknowledged.deleted(unwanted);
      ChunkCalls.delete(helper.url(), unwanted);
    }
    fresh.remove(unwanted);
    Blob damaged = fresh.isEmpty() ? null : fresh.getFirst();
    if (damaged != null) {
      acknowledged.spare(damaged);
      damage(node.chunkFile(Blob.id(damaged.bytes())));
      ChunkCalls.get(node.url(), "/chunk/" + Blob.id(damaged.bytes()));
    }
    ChunkCalls.control(node, "/scrub");
    trial.pause(WORK_MILLIS);
    return damaged;
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes, StandardOpenOption.WRITE);
  }

  private static void isHealed(Trial trial, Victim node, Blob damaged) throws Exception {
    byte[] bytes = damaged.bytes();
    String path = "/chunk/" + Blob.id(bytes);
    trial.await(
        "a damaged chunk is whole again",
        HEALED_SECONDS_MAX,
        () -> {
          ChunkCalls.Answer answer = ChunkCalls.get(node.url(), path);
          return answer.status() == 200;
        });
    trial.require(
        Arrays.equals(bytes, ChunkCalls.get(node.url(), path).body()), "healed bit for bit");
    trial.count("healed", 1);
  }
}
