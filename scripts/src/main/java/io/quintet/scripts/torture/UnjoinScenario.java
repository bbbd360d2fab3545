package io.quintet.scripts.torture;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A node that leaves for good and is killed, fails or waits on its way out.
final class UnjoinScenario implements Scenario {
  private static final int PUTS = 5;
  private static final int STARTS_MAX = 4;
  private static final long LEAVING_SECONDS_MAX = 120;
  private static final int BEGUN = 202;
  private static final int FAILED = 500;

  private final List<Fault> faults;

  /// @param steps names as in `quintet.failpoint`
  UnjoinScenario(List<String> steps) {
    this.faults = Fault.ofEach(steps);
  }

  @Override
  public String name() {
    return "unjoin";
  }

  @Override
  public String what() {
    return "a node that holds the only copies of chunks leaves, and is killed, fails or waits at"
        + " one step of its way out after the other; started again it goes on, ends with 0"
        + " and leaves no file, and every chunk is on the others bit for bit";
  }

  @Override
  public Length whole() {
    return new Length(faults.size(), 3_600);
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> staying = trial.arena().cluster(trial, 2, "--reserve", "1B");
    int first = trial.random().nextInt(faults.size());
    List<Fault> missed = new ArrayList<>();
    while (trial.more()) {
      Fault fault = faults.get((first + trial.rounds() - 1) % faults.size());
      Victim leaving =
          trial.arena().node(trial.arena().path("leaving-" + trial.rounds()), "--reserve", "1B");
      leaving.begin(fault.environment());
      leaving.awaitReady(trial);
      List<Victim> all = new ArrayList<>(staying);
      all.add(leaving);
      trial.arena().awaitMeeting(trial, all);
      List<Blob> acknowledged = put(trial, leaving);
      tell(trial, leaving);
      trial.count(fault.action(), 1);
      trial.require(
          leaving.awaitEnd(LEAVING_SECONDS_MAX), "a node that leaves ends, after " + fault);
      if (!leaving.hasReached(fault.step())) {
        missed.add(fault);
      }
      seeItOff(trial, leaving);
      for (Blob blob : acknowledged) {
        isOnTheOthers(trial, blob, staying);
      }
      trial.require(
          Files.notExists(leaving.data().resolve("chunks")), "the node that left leaves no chunk");
    }
    trial.figure("steps with faults", faults.size());
    trial.figure("not reached", missed.isEmpty() ? 0 : missed.toString());
    trial.require(missed.isEmpty(), "not reached: " + missed);
  }

  /// Tells a node to leave, and once more if it says that it could not.
  private static void tell(Trial trial, Victim leaving) throws Exception {
    if (ChunkCalls.control(leaving, "/unjoin") == FAILED) {
      trial.count("told again", 1);
      int status = ChunkCalls.control(leaving, "/unjoin");
      trial.require(status == BEGUN, "a node that is told again leaves: " + status);
    }
  }

  private static List<Blob> put(Trial trial, Victim node) throws BrokenPromiseException {
    List<Blob> acknowledged = new ArrayList<>();
    for (int i = 0; i < PUTS; i++) {
      Blob blob = Blob.draw(trial.random(), 1 << 20);
      int status = ChunkCalls.put(node.url(), blob.bytes());
      trial.require(status == 201, "PUT answers " + status);
      acknowledged.add(blob);
    }
    return acknowledged;
  }

  /// Starts the node again for as long as it does not end with success.
  private static void seeItOff(Trial trial, Victim leaving) throws Exception {
    for (int i = 0; i < STARTS_MAX; i++) {
      trial.require(leaving.awaitEnd(LEAVING_SECONDS_MAX), "a node that leaves ends");
      if (Files.notExists(leaving.data().resolve("work-unjoin"))
          && Files.notExists(leaving.data().resolve("chunks"))) {
        return;
      }
      leaving.begin(Map.of());
      if (leaving.readyOrDead(trial)) {
        // Told again in case that the first call was cut off before it was written down.
        ChunkCalls.control(leaving, "/unjoin");
      }
      trial.count("started again", 1);
    }
    throw new BrokenPromiseException("the node does not get away: " + leaving.data());
  }

  private static void isOnTheOthers(Trial trial, Blob blob, List<Victim> staying)
      throws BrokenPromiseException {
    byte[] bytes = blob.bytes();
    for (Victim node : staying) {
      ChunkCalls.Answer answer = ChunkCalls.get(node.url(), "/chunk/" + Blob.id(bytes));
      trial.require(
          answer.status() == 200 && Arrays.equals(bytes, answer.body()),
          "chunk " + Blob.id(bytes) + " is handed over: GET answers " + answer.status());
    }
    trial.count("chunks read back", staying.size());
  }
}
