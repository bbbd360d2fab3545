package io.quintet.scripts.bench;

import io.quintet.scripts.bench.codec.Inputs;
import io.quintet.scripts.bench.limit.Limit;
import io.quintet.scripts.bench.process.Client;
import io.quintet.scripts.bench.process.CpuWindow;
import io.quintet.scripts.bench.process.Nodes;
import io.quintet.scripts.bench.process.Proc;
import io.quintet.scripts.bench.process.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `scripts/bench put` and `scripts/bench get`: a large file of random bytes to five durable
/// replicas on real node processes, and back; everything on this one machine.
final class TransferPart {
  private static final String PUT = "put";
  private static final String GET = "get";
  private static final int REPLICAS = 5;
  private static final double PUT_GOAL = 50;
  private static final double GET_GOAL = 250;
  private static final double CHUNK_MEGABYTES = (1 << 20) / 1e6;
  // The client hashes each chunk as a leaf and as a blob, each node hashes what comes in.
  private static final int PUT_HASHES = 2 + REPLICAS;
  // The client hashes blob, leaf and the whole file.
  private static final int GET_HASHES = 3;
  private static final long SECONDS_MAX = 900;
  private static final double REST_BUSY_MAX = 0.1;

  // Longer than nodes wait before they count the replicas of what has come.
  private static final int REST_SECONDS = 15;
  private static final long ROOM_EXTRA_BYTES = 1L << 30;

  private final Setting setting;
  private final Report report;
  private final Client client;
  private final Nodes nodes;
  private final Path file;
  private final Path room;

  private TransferPart(Setting setting, Path room, Path file, Nodes nodes) {
    this.setting = setting;
    this.report = setting.report();
    this.client = new Client(setting.launcher(), room, SECONDS_MAX);
    this.nodes = nodes;
    this.file = file;
    this.room = room;
  }

  /// @param back whether to get the file again, too
  static void run(Setting setting, boolean back) throws IOException, InterruptedException {
    Workplace workplace = setting.workplace();
    workplace.requireRoom((REPLICAS + 2) * setting.transferBytes() + ROOM_EXTRA_BYTES);
    Path room = workplace.room(PUT);
    setting
        .report()
        .begin(
            "%s: %d MiB of random bytes, %d node processes, %d durable replicas"
                .formatted(
                    back ? "put and get" : PUT,
                    setting.transferBytes() >> 20,
                    setting.nodes(),
                    REPLICAS));
    measureLimits(setting);
    Path file = Inputs.random(room.resolve("file"), setting.transferBytes());
    try (Nodes nodes = workplace.start(setting.launcher(), room, setting.nodes())) {
      TransferPart part = new TransferPart(setting, room, file, nodes);
      part.put();
      if (back) {
        part.getAtOnce();
        part.get();
      }
      part.nodeMemory();
    } finally {
      workplace.clear(room);
    }
  }

  // Before the transfer, so that a limit is not measured while nodes still work.
  private static void measureLimits(Setting setting) throws IOException, InterruptedException {
    setting.limit(Limit.SHA_256_TWO);
    setting.limit(Limit.LOOPBACK);
    setting.limit(Limit.DISK_EIGHT);
  }

  private void put() throws IOException, InterruptedException {
    Measured put = measure(List.of(PUT, file.toString(), "-o", manifest(), "--json"));
    if (put.run.number("replicas") != REPLICAS) {
      throw new IOException("it was stored on fewer than " + REPLICAS + " nodes");
    }
    double disk = setting.limit(Limit.DISK_EIGHT) * CHUNK_MEGABYTES / REPLICAS;
    double hash = setting.limit(Limit.SHA_256_TWO) / PUT_HASHES;
    double copy = setting.limit(Limit.LOOPBACK) / REPLICAS;
    report.add(
        Figure.of(PUT, "put, user data", put.megabytesPerSecond, "MB/s")
            .with(Goal.atLeast(PUT_GOAL))
            .against("durable writes alone, 5 replicas, 8 threads", disk)
            .against("SHA-256 alone, 7 times, 2 threads", hash)
            .against("loopback copy alone, 5 times", copy));
    explain(PUT, put, disk);
    clientMemory(PUT, put.run);
  }

  private void getAtOnce() throws IOException, InterruptedException {
    Measured get = measureGet();
    report.add(Figure.of(GET, "get at once after the put", get.megabytesPerSecond, "MB/s"));
    explain(GET, get, Double.MAX_VALUE);
    report.add(
        Figure.of(
            GET, "nodes at rest after another", Rest.await(REST_BUSY_MAX, REST_SECONDS), "s"));
  }

  private Measured measureGet() throws IOException, InterruptedException {
    Path restored = room.resolve("restored");
    Measured get = measure(List.of(GET, manifest(), "-o", restored.toString(), "--json"));
    if (Files.mismatch(file, restored) >= 0) {
      throw new IOException("what came back is not what was put");
    }
    Files.delete(restored);
    return get;
  }

  private void get() throws IOException, InterruptedException {
    Measured get = measureGet();
    double hash = setting.limit(Limit.SHA_256_TWO) / GET_HASHES;
    double copy = setting.limit(Limit.LOOPBACK);
    report.add(
        Figure.of(GET, "get, user data", get.megabytesPerSecond, "MB/s")
            .with(Goal.atLeast(GET_GOAL))
            .against("SHA-256 alone, 3 times, 2 threads", hash)
            .against("loopback copy alone, once", copy));
    explain(GET, get, Double.MAX_VALUE);
    clientMemory(GET, get.run);
  }

  private String manifest() {
    return room.resolve("file.manifest").toString();
  }

  /// One command with what it cost.
  private record Measured(
      Client.Run run,
      double megabytesPerSecond,
      double nodesCpuSeconds,
      double busy,
      double othersBusy) {}

  private Measured measure(List<String> command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(nodes.clientOptions());
    long self = ProcessHandle.current().pid();
    double nodesBefore = nodes.cpuSeconds();
    double selfBefore = Proc.cpuSeconds(self);
    CpuWindow window = new CpuWindow();
    Client.Run run = client.run(all);
    double nodesCpu = nodes.cpuSeconds() - nodesBefore;
    double ours = run.cpuSeconds() + nodesCpu + Proc.cpuSeconds(self) - selfBefore;
    return new Measured(
        run,
        setting.transferBytes() / 1e6 / run.number("seconds"),
        nodesCpu,
        window.busy(),
        window.othersBusy(ours));
  }

  private void explain(String part, Measured measured, double disk) {
    Client.Run run = measured.run;
    report.note(
        part,
        String.format(
            Locale.ROOT,
            "processor seconds: client %.1f, nodes %.1f; all processors %.0f %% busy (others %.0f"
                + " %%)",
            run.cpuSeconds(),
            measured.nodesCpuSeconds,
            100 * measured.busy,
            100 * measured.othersBusy));
    report.note(part, "what limits: " + verdict(measured, disk));
  }

  private void clientMemory(String part, Client.Run run) {
    report.add(Figure.of(part, "client, resident at most", run.peakMebibytes(), "MiB"));
    report.add(
        Figure.of(part, "client, heap after collection at most", run.heap().after(), "MiB")
            .with(Goal.atMost(256)));
  }

  private static String verdict(Measured measured, double disk) {
    if (measured.megabytesPerSecond > 0.7 * disk) {
      return "the disk's durable writes";
    }
    if (measured.busy > 0.85) {
      return measured.othersBusy > 0.1
          ? "the processors, which other processes use as well"
          : "the processors";
    }
    return "waiting (for the disk, or for one thread): the processors are not full";
  }

  private void nodeMemory() throws IOException {
    Nodes.Memory memory = nodes.memory();
    report.add(Figure.of(PUT, "greediest node, resident at most", memory.resident(), "MiB"));
    report.add(
        Figure.of(PUT, "greediest node, heap after collection", memory.heap().after(), "MiB")
            .with(Goal.atMost(128)));
  }
}
