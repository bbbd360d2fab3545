package io.quintet.scripts.bench;

import io.quintet.scripts.bench.codec.Inputs;
import io.quintet.scripts.bench.process.Client;
import io.quintet.scripts.bench.process.Nodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `scripts/bench memory`: the heaps of a node with many chunks and many uploads at once, and of a
/// client with a large file, under the limits that the launcher sets.
final class MemoryPart {
  private static final String NAME = "memory";
  private static final int CHUNKS = 100_000;
  private static final int UPLOADS = 64;
  private static final int ROUNDS = 12;
  private static final int NODE_HEAP_MEBIBYTES = 128;
  private static final int CLIENT_HEAP_MEBIBYTES = 256;
  private static final int NODES = 2;
  // The large file is so many times the one that `put` uses, and the small one that part of it.
  private static final long LARGE = 4;
  private static final int LARGER = 8;
  private static final long SECONDS_MAX = 900;

  private final Setting setting;
  private final Report report;
  private final Path room;

  private MemoryPart(Setting setting, Path room) {
    this.setting = setting;
    this.report = setting.report();
    this.room = room;
  }

  static void run(Setting setting) throws IOException, InterruptedException {
    Path room = setting.workplace().room(NAME);
    try {
      MemoryPart part = new MemoryPart(setting, room);
      part.node();
      part.client();
    } finally {
      setting.workplace().clear(room);
    }
  }

  private void node() throws IOException, InterruptedException {
    report.begin(
        "memory: a node with %,d chunks and %d uploads at once".formatted(CHUNKS, UPLOADS));
    Path directory = room.resolve("node");
    StoredChunks.write(directory.resolve("node-1"), CHUNKS);
    try (Nodes nodes = setting.workplace().start(setting.launcher(), directory, 1)) {
      Uploads uploads = new Uploads(nodes.uri(1), UPLOADS);
      uploads.run(ROUNDS);
      report.note(
          NAME,
          String.format(
              Locale.ROOT,
              "%d uploads of 1 MiB stored, %d told to come back later (503); %s",
              uploads.stored(),
              uploads.busy(),
              nodes.areAlive() ? "the node lives" : "THE NODE DIED"));
      Nodes.Memory memory = nodes.memory();
      report.add(Figure.of(NAME, "node, resident at most", memory.resident(), "MiB"));
      report.add(
          Figure.of(NAME, "node, heap after collection at most", memory.heap().after(), "MiB")
              .with(Goal.atMost(NODE_HEAP_MEBIBYTES)));
      report.add(Figure.of(NAME, "node, heap grown to", memory.heap().capacity(), "MiB"));
    }
    setting.workplace().clear(directory);
  }

  private void client() throws IOException, InterruptedException {
    long large = LARGE * setting.transferBytes();
    setting.workplace().requireRoom((NODES + 2) * large);
    report.begin("memory: a client with a small and a large file, " + NODES + " replicas");
    Path directory = room.resolve("client");
    try (Nodes nodes = setting.workplace().start(setting.launcher(), directory, NODES)) {
      for (long size : new long[] {large / LARGER, large}) {
        transfer(nodes, size);
      }
    }
  }

  private void transfer(Nodes nodes, long size) throws IOException, InterruptedException {
    Path file = Inputs.random(room.resolve("file"), size);
    String manifest = room.resolve("file.manifest").toString();
    Client client = new Client(setting.launcher(), room, SECONDS_MAX);
    List<String> put = new ArrayList<>(List.of("put", file.toString(), "-o", manifest, "--json"));
    put.addAll(List.of("--force", "--replicas", Integer.toString(NODES)));
    put.addAll(nodes.clientOptions());
    report("put of %d MiB".formatted(size >> 20), client.run(put));
    List<String> get = new ArrayList<>(List.of("get", manifest, "-o", file.toString(), "--json"));
    get.add("--force");
    get.addAll(nodes.clientOptions());
    report("get of %d MiB".formatted(size >> 20), client.run(get));
  }

  private void report(String what, Client.Run run) {
    report.add(Figure.of(NAME, what + ", resident at most", run.peakMebibytes(), "MiB"));
    report.add(
        Figure.of(NAME, what + ", heap after collection", run.heap().after(), "MiB")
            .with(Goal.atMost(CLIENT_HEAP_MEBIBYTES)));
  }
}
