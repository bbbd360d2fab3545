package io.quintet.scripts.bench;

import io.quintet.scripts.bench.codec.Inputs;
import io.quintet.scripts.bench.limit.Limit;
import io.quintet.scripts.bench.process.Client;
import io.quintet.scripts.bench.process.CpuWindow;
import io.quintet.scripts.bench.process.Holdings;
import io.quintet.scripts.bench.process.Nodes;
import io.quintet.scripts.bench.process.Proc;
import io.quintet.scripts.bench.process.ReplicaWatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// `scripts/bench repair`: five nodes hold a file each in full, four empty ones join, and then four
/// of the five are killed and their disks are lost. From that moment on: is every chunk readable at
/// once, and when is every one back at five replicas? All nodes run as they do by default.
final class RepairPart {
  private static final String NAME = "repair";
  private static final int REPLICAS = 5;
  private static final int LOST = 4;
  private static final double GOAL_SECONDS = 600;
  private static final long SECONDS_MAX = 900;
  private static final long FILE_BYTES_MAX = 1L << 30;
  private static final long ROOM_EXTRA_BYTES = 2L << 30;
  private static final double CHUNK_MEGABYTES = (1 << 20) / 1e6;
  private static final Duration MEET_MAX = Duration.ofMinutes(2);
  private static final Duration REPAIR_MAX = Duration.ofMinutes(30);

  private final Setting setting;
  private final Report report;
  private final Path room;
  private final Nodes old;
  private final List<String> manifests = new ArrayList<>();

  private RepairPart(Setting setting, Path room, Nodes old) {
    this.setting = setting;
    this.report = setting.report();
    this.room = room;
    this.old = old;
  }

  static void run(Setting setting) throws IOException, InterruptedException {
    Workplace workplace = setting.workplace();
    // The dead nodes' disks are gone before their replicas are written again.
    workplace.requireRoom(
        REPLICAS * setting.transferBytes()
            + Math.min(FILE_BYTES_MAX, setting.transferBytes())
            + ROOM_EXTRA_BYTES);
    setting
        .report()
        .begin(
            "repair: %d MiB on each of five nodes; four of them are lost, four empty ones are there"
                .formatted(setting.transferBytes() >> 20));
    setting.limit(Limit.DISK_EIGHT);
    setting.limit(Limit.DISK_SIXTEEN);
    Path room = workplace.room(NAME);
    try (Nodes old = workplace.start(setting.launcher(), room.resolve("old"), REPLICAS)) {
      RepairPart part = new RepairPart(setting, room, old);
      part.putAll();
      try (Nodes fresh = workplace.join(setting.launcher(), room.resolve("fresh"), LOST, old)) {
        part.measure(fresh);
        part.audit();
      }
    } finally {
      workplace.clear(room);
    }
  }

  private void measure(Nodes fresh) throws IOException, InterruptedException {
    List<URI> living = new ArrayList<>(List.of(old.uri(1)));
    IntStream.rangeClosed(1, LOST).forEach(number -> living.add(fresh.uri(number)));
    try (Holdings survivor = new Holdings(old.uri(1));
        ReplicaWatch watch = new ReplicaWatch(living)) {
      watch.awaitMembers(REPLICAS + LOST - 1, MEET_MAX);
      List<String> ids = survivor.ids();
      double cpuBefore = old.cpuSeconds(1) + fresh.cpuSeconds();
      double selfBefore = Proc.cpuSeconds(ProcessHandle.current().pid());
      CpuWindow window = new CpuWindow();
      old.kill(IntStream.rangeClosed(2, REPLICAS).boxed().toList());
      Thread loss = Thread.ofPlatform().start(this::loseDisks);
      report.add(
          Figure.of(NAME, "chunks readable at once", survivor.readable(ids), "chunks")
              .with(Goal.atLeast(ids.size())));
      report.note(NAME, "each was read, and hashed, within %.0f s".formatted(window.seconds()));
      double seconds =
          watch.awaitReplicas(
              (long) REPLICAS * ids.size(), window, REPAIR_MAX, line -> report.note(NAME, line));
      loss.join();
      double cpu = old.cpuSeconds(1) + fresh.cpuSeconds() - cpuBefore;
      double self = Proc.cpuSeconds(ProcessHandle.current().pid()) - selfBefore;
      tell(ids.size(), seconds, cpu, window.othersBusy(cpu + self));
    }
  }

  private void tell(int chunks, double seconds, double cpu, double others)
      throws IOException, InterruptedException {
    double written = (REPLICAS - 1) * chunks * CHUNK_MEGABYTES;
    report.add(
        Figure.of(NAME, "all chunks back at five replicas", seconds, "s")
            .with(Goal.atMost(GOAL_SECONDS)));
    report.add(
        Figure.of(NAME, "replicas made durable", written / seconds, "MB/s")
            .against(
                "durable writes alone, 8 threads",
                CHUNK_MEGABYTES * setting.limit(Limit.DISK_EIGHT)));
    report.add(Figure.of(NAME, "nodes' processor seconds per GB", cpu / (written / 1_000), "s"));
    report.note(NAME, "other processes used %.0f %% of the processors".formatted(100 * others));
  }

  private void putAll() throws IOException, InterruptedException {
    Client client = new Client(setting.launcher(), room, SECONDS_MAX);
    long begin = System.nanoTime();
    for (long left = setting.transferBytes(); left > 0; left -= FILE_BYTES_MAX) {
      // Each upload has a key of its own, so the same bytes make other chunks each time.
      Path file = Inputs.random(room.resolve("file"), Math.min(left, FILE_BYTES_MAX));
      String manifest = room.resolve("file-" + manifests.size() + ".manifest").toString();
      manifests.add(manifest);
      List<String> put = new ArrayList<>(List.of("put", file.toString(), "-o", manifest, "--json"));
      put.addAll(old.clientOptions());
      if (client.run(put).number("replicas") != REPLICAS) {
        throw new IOException("it was stored on fewer than " + REPLICAS + " nodes");
      }
      Files.delete(file);
    }
    report.note(NAME, "put in %.0f s".formatted((System.nanoTime() - begin) / 1e9));
  }

  private void loseDisks() {
    for (int number = 2; number <= REPLICAS; number++) {
      try {
        setting.workplace().clear(room.resolve("old").resolve("node-" + number));
      } catch (IOException e) {
        throw new IllegalStateException("a lost disk cannot be cleared", e);
      }
    }
  }

  private void audit() throws IOException, InterruptedException {
    Client client = new Client(setting.launcher(), room, SECONDS_MAX);
    double least = REPLICAS;
    double proven = 0;
    for (String manifest : manifests) {
      List<String> audit = new ArrayList<>(List.of("audit", manifest, "--json"));
      audit.addAll(old.clientOptions());
      Client.Run run = client.run(audit);
      least = Math.min(least, run.number("minReplicas"));
      proven += run.number("proven");
    }
    report.add(
        Figure.of(NAME, "fewest proven replicas of a chunk, by quintet audit", least, "")
            .with(Goal.atLeast(REPLICAS)));
    report.add(Figure.of(NAME, "replicas proved with all their bytes", proven, ""));
  }
}
