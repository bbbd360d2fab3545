package io.quintet.scripts.bench;

import io.quintet.scripts.bench.fresh.RecordLookups;
import io.quintet.scripts.bench.process.CpuWindow;
import io.quintet.scripts.bench.process.Nodes;
import io.quintet.scripts.bench.process.Rest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `scripts/bench fresh`: nodes that were never started before, each with its share of 1,000 chunks
/// that no other has, and how soon after the last node's start every one is found by the records.
final class FreshPart {
  private static final String NAME = "fresh";
  private static final String FIRST = "first";
  private static final String OTHERS = "others";
  private static final int NODES_MIN = 2;
  private static final int RECORDS = 1_000;
  private static final int LOOKUPS = 1_000;
  private static final int WARM_UP = 500;
  private static final long FROM_MILLIS = 5_000;
  private static final long GIVE_UP_MILLIS = 60_000;
  private static final double FOUND_GOAL_SECONDS = 6;
  private static final double P50_GOAL_MILLIS = 5;
  private static final double P95_GOAL_MILLIS = 20;
  private static final Duration ALL_MAX = Duration.ofSeconds(30);
  private static final Duration LOOKUP_MAX = Duration.ofSeconds(10);

  /// What fifty nodes on two processors leave free at rest is not much.
  private static final double REST_BUSY_MAX = 0.8;

  private static final int REST_SECONDS = 10;

  private final Setting setting;
  private final Report report;
  private final Path room;

  /// Which node has each chunk.
  private final Map<String, Integer> holders = new LinkedHashMap<>();

  private FreshPart(Setting setting, Path room) {
    this.setting = setting;
    this.report = setting.report();
    this.room = room;
  }

  static void run(Setting setting) throws IOException, InterruptedException {
    Path room = setting.workplace().room(NAME);
    try {
      new FreshPart(setting, room).measure();
    } finally {
      setting.workplace().clear(room);
    }
  }

  private void measure() throws IOException, InterruptedException {
    int count = setting.nodes();
    if (count < NODES_MIN) {
      throw new IOException(
          "--nodes: %d (expected: at least %d for '%s')".formatted(count, NODES_MIN, NAME));
    }
    report.begin("fresh: %d nodes with %,d chunks, looked up at once".formatted(count, RECORDS));
    for (int number = 1; number <= count; number++) {
      int first = RECORDS * (number - 1) / count;
      Path data = Files.createDirectories(data(number));
      for (String id : StoredChunks.writeSingle(data, first, RECORDS * number / count - first)) {
        holders.put(id, number);
      }
    }
    CpuWindow starting = new CpuWindow();
    Workplace place = setting.workplace();
    try (Nodes first = place.startUntilReady(setting.launcher(), room.resolve(FIRST), 1);
        RecordLookups lookups = RecordLookups.open(first.network(), room.resolve("state"));
        Nodes others =
            place.joinUntilReady(setting.launcher(), room.resolve(OTHERS), count - 1, first)) {
      long ready = System.nanoTime();
      report.add(Figure.of(NAME, "all nodes ready after", starting.seconds(), "s"));
      List<String> ids = new ArrayList<>(first.ids());
      ids.addAll(others.ids());
      findAll(lookups, ids, ready);
      Latencies atOnce = singly(lookups);
      report.note(NAME, "the first single lookups: " + atOnce.told());
      report.add(
          Figure.of(NAME, "at rest after another", Rest.await(REST_BUSY_MAX, REST_SECONDS), "s"));
      warm(singly(lookups), roundTrip(first.uri(1)));
    }
  }

  /// The client meets the first node, so that its own start is over when the last one is ready.
  private Path data(int number) {
    return number == 1
        ? room.resolve(FIRST).resolve("node-1")
        : room.resolve(OTHERS).resolve("node-" + (number - 1));
  }

  /// Looks every record up from the fifth second on, all of them each time, until all are found.
  private void findAll(RecordLookups lookups, List<String> ids, long ready)
      throws InterruptedException {
    long early = FROM_MILLIS - (System.nanoTime() - ready) / 1_000_000;
    TimeUnit.MILLISECONDS.sleep(Math.max(0, early));
    double asked;
    int found;
    boolean first = true;
    do {
      asked = (System.nanoTime() - ready) / 1e9;
      Map<String, List<String>> answers = lookups.holders(List.copyOf(holders.keySet()), ALL_MAX);
      found = 0;
      for (Map.Entry<String, Integer> each : holders.entrySet()) {
        String holder = ids.get(each.getValue() - 1);
        found += answers.getOrDefault(each.getKey(), List.of()).contains(holder) ? 1 : 0;
      }
      if (first) {
        report.add(
            Figure.of(NAME, "found when asked after %.1f s".formatted(asked), found, "records")
                .with(Goal.atLeast(RECORDS)));
        first = false;
      }
    } while (found < RECORDS && asked < GIVE_UP_MILLIS / 1_000.0);
    report.add(
        Figure.of(
                NAME,
                found < RECORDS ? "given up, asked after" : "all found, asked after",
                asked,
                "s")
            .with(Goal.atMost(FOUND_GOAL_SECONDS)));
  }

  /// How long single lookups took, in milliseconds, and how busy the machine was.
  private record Latencies(double median, double p95, double busy) {
    String told() {
      return "median %.1f ms, 95 of 100 within %.1f ms, processors %.0f %% busy"
          .formatted(median, p95, 100 * busy);
    }
  }

  /// One record after the other, with a client that has done so before.
  private Latencies singly(RecordLookups lookups) throws InterruptedException {
    List<String> keys = List.copyOf(holders.keySet());
    for (int i = 0; i < WARM_UP; i++) {
      lookups.holders(List.of(keys.get(i % keys.size())), LOOKUP_MAX);
    }
    List<Double> millis = new ArrayList<>();
    CpuWindow window = new CpuWindow();
    for (int i = 0; i < LOOKUPS; i++) {
      long begin = System.nanoTime();
      lookups.holders(List.of(keys.get((WARM_UP + i) % keys.size())), LOOKUP_MAX);
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    millis.sort(null);
    return new Latencies(at(millis, 0.5), at(millis, 0.95), window.busy());
  }

  private void warm(Latencies lookups, double trip) {
    String limit = "one GET /health/live on a kept connection, median";
    report.add(
        Figure.of(NAME, "lookup of one record, median", lookups.median(), "ms")
            .with(Goal.atMost(P50_GOAL_MILLIS))
            .against(limit, trip));
    report.add(
        Figure.of(NAME, "lookup of one record, 95 of 100 within", lookups.p95(), "ms")
            .with(Goal.atMost(P95_GOAL_MILLIS))
            .against(limit, trip));
    report.note(NAME, "the warm lookups: " + lookups.told());
  }

  private static double roundTrip(URI node) throws IOException, InterruptedException {
    HttpRequest live = HttpRequest.newBuilder(node.resolve("/health/live")).build();
    List<Double> millis = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < 2 * WARM_UP; i++) {
        long begin = System.nanoTime();
        http.send(live, HttpResponse.BodyHandlers.discarding());
        if (i >= WARM_UP) {
          millis.add((System.nanoTime() - begin) / 1e6);
        }
      }
    }
    millis.sort(null);
    return at(millis, 0.5);
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) (share * (sorted.size() - 1)));
  }
}
