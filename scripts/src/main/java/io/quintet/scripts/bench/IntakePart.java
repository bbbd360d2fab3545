package io.quintet.scripts.bench;

import io.quintet.scripts.bench.limit.Limit;
import io.quintet.scripts.bench.limit.Limits;
import io.quintet.scripts.bench.process.BlobStream;
import io.quintet.scripts.bench.process.CpuWindow;
import io.quintet.scripts.bench.process.Nodes;
import io.quintet.scripts.bench.process.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// `scripts/bench intake`: how fast one node takes chunks over many connections with its whole
/// write protocol, beside what the same disk can do without a node; and the same in memory (tmpfs,
/// where a sync costs nothing), which tells the node's own work from the disk's.
final class IntakePart {
  private static final String NAME = "intake";
  private static final double GOAL = 200;
  private static final int CONNECTIONS = 48;
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final double BLOB_MEGABYTES = BlobStream.BLOB_BYTES / 1e6;
  private static final int WARM_UP = 256;

  private final Setting setting;
  private final Report report;
  private final int blobs;

  private IntakePart(Setting setting) {
    this.setting = setting;
    this.report = setting.report();
    this.blobs = (int) Math.max(1, setting.transferBytes() / BlobStream.BLOB_BYTES);
  }

  static void run(Setting setting) throws IOException, InterruptedException {
    IntakePart part = new IntakePart(setting);
    part.measure("disk", setting.workplace(), setting.limits());
    if (Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).type().equals("tmpfs")) {
      try (Workplace memory = Workplace.in(MEMORY)) {
        Limits limits =
            new Limits(
                memory.directory(),
                (limit, value) ->
                    setting
                        .report()
                        .add(Figure.of(NAME, limit.title() + ", tmpfs", value, limit.unit())));
        part.measure("tmpfs", memory, limits);
      }
    }
  }

  private void measure(String place, Workplace workplace, Limits limits)
      throws IOException, InterruptedException {
    report.begin(
        "intake: %d MiB into one node on %s, %d connections".formatted(blobs, place, CONNECTIONS));
    workplace.requireRoom(2L * (blobs + WARM_UP) * BlobStream.BLOB_BYTES);
    double alone =
        BLOB_MEGABYTES * Math.max(limits.of(Limit.DISK_EIGHT), limits.of(Limit.DISK_SIXTEEN));
    Path room = workplace.room(NAME);
    try (Nodes nodes = workplace.start(setting.launcher(), room, 1)) {
      BlobStream stream = new BlobStream(nodes.uri(1), CONNECTIONS, System.nanoTime());
      // A node lives for months; what its first seconds cost is not what is asked here.
      stream.put(WARM_UP);
      double nodeBefore = nodes.cpuSeconds();
      double selfBefore = Proc.cpuSeconds(ProcessHandle.current().pid());
      CpuWindow window = new CpuWindow();
      stream.put(blobs);
      double seconds = window.seconds();
      double node = nodes.cpuSeconds() - nodeBefore;
      double self = Proc.cpuSeconds(ProcessHandle.current().pid()) - selfBefore;
      double gigabytes = blobs * BLOB_MEGABYTES / 1_000;
      report.add(
          Figure.of(
                  NAME, "durable PUT into one node, " + place, gigabytes * 1_000 / seconds, "MB/s")
              .with(Goal.atLeast(GOAL))
              .against("durable writes alone, the better of 8 and 16 threads", alone));
      report.add(
          Figure.of(NAME, "node's processor seconds per GB, " + place, node / gigabytes, "s"));
      report.note(
          NAME,
          String.format(
              Locale.ROOT,
              "the sender's: %.2f per GB; all processors %.0f %% busy (others %.0f %%)",
              self / gigabytes,
              100 * window.busy(),
              100 * window.othersBusy(node + self)));
    } finally {
      workplace.clear(room);
    }
  }
}
