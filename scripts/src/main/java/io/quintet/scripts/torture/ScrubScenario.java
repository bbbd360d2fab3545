package io.quintet.scripts.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A scrub that somebody asked for: how much of a core it uses, and that it finds what rotted.
final class ScrubScenario implements Scenario {
  private static final int CHUNKS = 120;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final long IDLE_MILLIS = 4_000;
  private static final long LOOK_MILLIS = 1_500;
  private static final long PASS_SECONDS_MAX = 600;

  /// Five percent, and what a process does beside it that nobody can tell apart.
  private static final double PERCENT_MAX = 6;

  @Override
  public String name() {
    return "scrub";
  }

  @Override
  public String what() {
    return "a node reads all its chunks again: it uses at most five percent of a core, and finds"
        + " the one copy in which a bit was flipped behind its back";
  }

  @Override
  public void run(Trial trial) throws Exception {
    Victim node = trial.arena().node(trial.arena().path("scrubbed"), "--reserve", "1B");
    node.start(trial);
    Blob[] blobs = new Blob[CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      blobs[i] = new Blob(trial.random().nextLong(), CHUNK_BYTES);
      int status = ChunkCalls.put(node.url(), blobs[i].bytes());
      trial.require(status == 201, "PUT answers " + status);
    }
    pass(trial, node);
    trial.pause(IDLE_MILLIS);
    while (trial.more()) {
      int at = (trial.rounds() - 1) % CHUNKS;
      flip(node.chunkFile(Blob.id(blobs[at].bytes())));
      Duration before = node.processorTime();
      long idleBegan = System.nanoTime();
      trial.pause(IDLE_MILLIS);
      double idle = share(before, node, idleBegan);
      before = node.processorTime();
      long began = System.nanoTime();
      final long damaged = scrub(node).path("damaged").asLong();
      pass(trial, node);
      double busy = share(before, node, began);
      trial.figure("percent of a core, idle", rounded(idle));
      trial.figure("percent of a core, scrubbing", rounded(busy));
      trial.figure("seconds for " + CHUNKS + " MiB", rounded((System.nanoTime() - began) / 1e9));
      trial.require(busy - idle <= PERCENT_MAX, "the scrub used %.1f %%".formatted(busy - idle));
      long found = scrub(node).path("damaged").asLong() - damaged;
      trial.require(found == 1, "it found " + found + " damaged copies of 1");
      trial.require(ChunkCalls.put(node.url(), blobs[at].bytes()) == 201, "stored anew");
    }
  }

  private static JsonNode scrub(Victim node) {
    return node.status().path("work").path("scrub");
  }

  private static void pass(Trial trial, Victim node) throws Exception {
    long passes = scrub(node).path("passes").asLong();
    int status = ChunkCalls.control(node, "/scrub");
    trial.require(status == 202, "POST /scrub answers " + status);
    long end = System.nanoTime() + PASS_SECONDS_MAX * 1_000_000_000L;
    while (scrub(node).path("passes").asLong(-1) <= passes) {
      trial.require(System.nanoTime() - end < 0, "a pass ends");
      // Asking costs the node more than scrubbing does.
      trial.pause(LOOK_MILLIS);
    }
  }

  private static double share(Duration before, Victim node, long beganNanos) {
    double used = (double) node.processorTime().minus(before).toNanos();
    return 100 * used / (System.nanoTime() - beganNanos);
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 8;
    Files.write(file, bytes);
  }
}
