package io.quintet.scripts.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One cluster of four, one node of which meets one fault after the other.
final class FailpointLane {
  private static final int SOUND = 3;
  private static final int PUTS = 5;
  // One is damaged, and another may be deleted before.
  private static final int HEALABLE = 2;
  private static final int TRIMMED = 5;
  private static final int REPLICAS_TRIMMED = 2;
  private static final long SURPRISE_MILLIS = 300;
  private static final long REACHED_SECONDS_MAX = 45;
  // A surplus copy stays for a minute before it is trimmed.
  private static final long TRIM_SECONDS_MAX = 180;
  private static final long HEALED_SECONDS_MAX = 90;

  private final Trial trial;
  private final List<Victim> sound;
  private final Victim node;
  private final Acknowledged acknowledged = new Acknowledged();
  private final List<Blob> trimmed = new ArrayList<>();
  private @Nullable Blob deleted;

  FailpointLane(Trial trial) throws Exception {
    String[] options = {"--reserve", "1B", "--fast-repair"};
    this.trial = trial;
    this.sound = trial.arena().cluster(trial, SOUND, options);
    this.node = trial.arena().node(trial.arena().path("failing"), options);
  }

  void run(FailpointScenario.Turns turns) throws Exception {
    try {
      for (Fault fault = turns.next(); fault != null; fault = turns.next()) {
        turn(turns, fault);
      }
      node.start(trial);
      acknowledged.checkAll(trial, node.url());
      trial.count("acknowledged", acknowledged.count());
      trial.count("deleted", acknowledged.deletedCount());
    } catch (Exception e) {
      turns.failed();
      throw e;
    }
  }

  private void turn(FailpointScenario.Turns turns, Fault fault) throws Exception {
    plantLeftovers();
    node.begin(fault.environment());
    @Nullable Blob damaged = null;
    if (node.readyOrDead(trial)) {
      damaged = work(fault);
      awaitReached(fault);
    }
    if (node.hasReached(fault.step())) {
      trial.count(node.isAlive() ? fault.action() : fault.action() + " that ended the node", 1);
    } else {
      turns.missed(fault);
    }
    node.kill();
    node.start(trial);
    acknowledged.checkRecent(trial, node.url());
    if (damaged != null) {
      isHealed(damaged);
      acknowledged.add(damaged);
    }
    areStillThere();
    node.kill();
  }

  /// What a crash in the middle of an upload and of a deletion leaves.
  private void plantLeftovers() throws IOException {
    String id = Blob.id(new byte[] {1});
    Path folder = node.chunkFile(id).getParent();
    if (folder != null && Files.isDirectory(folder)) {
      Files.write(folder.resolve("." + id + ".1.tmp"), new byte[100]);
    }
    Blob back = deleted;
    if (back != null) {
      Files.write(node.chunkFile(Blob.id(back.bytes())), back.bytes());
    }
  }

  /// Lets the node do a little of everything; it may die at any moment.
  ///
  /// @return a chunk whose file was damaged, null when it came to none
  private @Nullable Blob work(Fault fault) throws Exception {
    if (fault.step().startsWith("trim")) {
      putTooMany();
    }
    List<Blob> fresh = new ArrayList<>();
    for (int i = 0; i < PUTS; i++) {
      Blob blob = new Blob(trial.random().nextLong(), 40 + trial.random().nextInt(200_000));
      int status = ChunkCalls.put(node.url(), blob.bytes());
      if (status == 201) {
        if (fresh.size() < HEALABLE || !fault.step().startsWith("repair")) {
          putSecond(blob);
        }
        fresh.add(blob);
        acknowledged.add(blob);
      } else {
        trial.count(status == ChunkCalls.NO_ANSWER ? "puts without answer" : "PUT " + status, 1);
      }
    }
    delete(fresh);
    Blob damaged = fresh.isEmpty() ? null : fresh.getFirst();
    if (damaged != null) {
      acknowledged.spare(damaged);
      damage(node.chunkFile(Blob.id(damaged.bytes())));
      ChunkCalls.get(node.url(), "/chunk/" + Blob.id(damaged.bytes()));
    }
    ChunkCalls.control(node, "/scrub");
    return damaged;
  }

  /// Another holder, from which the first may be healed. What shall be repaired by the node itself
  /// has none, or that one would often be faster.
  private void putSecond(Blob blob) throws Exception {
    int status = ChunkCalls.put(sound.getFirst().url(), blob.bytes());
    // 200: repair was there before.
    trial.require(status == 201 || status == 200, "PUT to the sound node answers " + status);
  }

  private void delete(List<Blob> fresh) {
    Blob unwanted = acknowledged.beginDeletion(trial.random());
    if (unwanted != null && ChunkCalls.delete(node.url(), unwanted) == 204) {
      acknowledged.deleted(unwanted);
      deleted = unwanted;
      sound.forEach(each -> ChunkCalls.delete(each.url(), unwanted));
    }
    fresh.remove(unwanted);
  }

  /// Chunks of which there are more copies than their owner wants.
  private void putTooMany() throws Exception {
    List<Victim> all = new ArrayList<>(sound);
    all.add(node);
    trial.arena().awaitMeeting(trial, all);
    for (int i = 0; i < TRIMMED; i++) {
      Blob blob =
          new Blob(
              trial.random().nextLong(), 40 + trial.random().nextInt(50_000), REPLICAS_TRIMMED);
      for (Victim each : all) {
        int status = ChunkCalls.put(each.url(), blob.bytes());
        trial.require(status == 201 || status == 200, "PUT on each node answers " + status);
      }
      trimmed.add(blob);
    }
  }

  private void awaitReached(Fault fault) throws Exception {
    long seconds = fault.step().startsWith("trim") ? TRIM_SECONDS_MAX : REACHED_SECONDS_MAX;
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!node.hasReached(fault.step()) && node.isAlive() && System.nanoTime() - end < 0) {
      trial.pause(20);
    }
    if (!node.hasReached(fault.step()) && node.isAlive()) {
      // Some steps come at a polite stop.
      trial.count("ended with " + node.terminate(), 1);
    } else if (node.isAlive()) {
      trial.pause(SURPRISE_MILLIS);
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes, StandardOpenOption.WRITE);
  }

  private void isHealed(Blob damaged) throws Exception {
    byte[] bytes = damaged.bytes();
    String path = "/chunk/" + Blob.id(bytes);
    trial.await(
        "a damaged chunk is whole again",
        HEALED_SECONDS_MAX,
        () -> ChunkCalls.get(node.url(), path).status() == 200);
    trial.require(
        Arrays.equals(bytes, ChunkCalls.get(node.url(), path).body()), "healed bit for bit");
    trial.count("healed", 1);
  }

  /// At least as many copies as their owner wants of each chunk of which there were more.
  private void areStillThere() throws Exception {
    List<Victim> all = new ArrayList<>(sound);
    all.add(node);
    for (Blob blob : trimmed) {
      byte[] bytes = blob.bytes();
      int copies = 0;
      for (Victim each : all) {
        ChunkCalls.Answer answer = ChunkCalls.get(each.url(), "/chunk/" + Blob.id(bytes));
        copies += answer.status() == 200 && Arrays.equals(bytes, answer.body()) ? 1 : 0;
      }
      trial.require(
          copies >= REPLICAS_TRIMMED, "of chunk " + Blob.id(bytes) + " are left: " + copies);
    }
    trial.count("trimmed chunks still there", trimmed.size());
  }
}
