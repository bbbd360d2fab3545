package io.quintet.scripts.torture;

import io.quintet.scripts.torture.times.GetTimes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// SIGSTOP for one node of six while a client gets and puts.
final class PauseScenario implements Scenario {
  private static final int NODES = 6;
  private static final int FILES = 8;
  private static final int LARGE_BYTES = 24 << 20;
  private static final int CHUNK_GETS = 1_000;
  private static final int FILE_GETS = 100;
  private static final double RATIO_MAX = 2;

  /// A put may wait for the node to be found silent, but not for its calls to be given up.
  private static final long PUT_MILLIS_MORE_MAX = 8_000;

  /// A first try that finds the machine busy with something else is no finding.
  private static final int TRIES = 3;

  @Override
  public String name() {
    return "pause";
  }

  @Override
  public String what() {
    return "one of six nodes is stopped by SIGSTOP; the 99th percentile of the time of a get, of"
        + " 1,000 chunks in one client and of 100 files with a new client each, is at most twice"
        + " that of the healthy cluster, and a put in whose midst the node is stopped ends with"
        + " five replicas at most 8 s later than without";
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> nodes = trial.arena().cluster(trial, NODES, "--reserve", "1B");
    StoredFile large = StoredFile.put(trial, nodes, "large", LARGE_BYTES);
    Map<Path, Path> small = new LinkedHashMap<>();
    for (int i = 0; i < FILES; i++) {
      StoredFile file = StoredFile.put(trial, nodes, "file-" + i, 1_000_000);
      small.put(file.manifestPath(trial), file.file());
    }
    GetTimes.Place place = trial.arena().clientPlace();
    Path out = trial.arena().path("out");
    // This process warms up.
    GetTimes.ofChunks(place, large.manifestPath(trial), CHUNK_GETS);
    GetTimes.ofFiles(place, small, out, FILE_GETS);
    while (trial.more()) {
      Victim stopped = nodes.get(trial.random().nextInt(NODES));
      compare(
          trial,
          stopped,
          "chunk",
          () -> GetTimes.ofChunks(place, large.manifestPath(trial), CHUNK_GETS));
      compare(trial, stopped, "file", () -> GetTimes.ofFiles(place, small, out, FILE_GETS));
      put(trial, stopped);
    }
  }

  /// A way to take times.
  private interface Gets {
    GetTimes take() throws Exception;
  }

  private static void compare(Trial trial, Victim stopped, String what, Gets gets)
      throws Exception {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < TRIES && best > RATIO_MAX; i++) {
      GetTimes healthy = gets.take();
      stopped.signal("STOP");
      GetTimes paused;
      try {
        paused = gets.take();
      } finally {
        stopped.signal("CONT");
      }
      figures(trial, what + " healthy", healthy);
      figures(trial, what + " one stopped", paused);
      double ratio = paused.p99Millis() / healthy.p99Millis();
      trial.figure(what + " ratio", Math.round(ratio * 100) / 100.0);
      best = Math.min(best, ratio);
    }
    trial.require(
        best <= RATIO_MAX, "p99 of a %s with a stopped node is %.2f x".formatted(what, best));
  }

  private static void figures(Trial trial, String what, GetTimes gets) {
    trial.figure(what + " median ms", Math.round(gets.medianMillis() * 10) / 10.0);
    trial.figure(what + " p99 ms", Math.round(gets.p99Millis() * 10) / 10.0);
    trial.figure(what + " slowest ms", Math.round(gets.slowestMillis() * 10) / 10.0);
  }

  /// The node is stopped when the put is under way, and when it begins.
  private static void put(Trial trial, Victim stopped) throws Exception {
    long healthy = putMillis(trial, () -> {});
    long inTheMidst =
        putMillis(
            trial,
            () -> {
              trial.pause(healthy / 2);
              stopped.signal("STOP");
            });
    try {
      long fromTheStart = putMillis(trial, () -> {});
      trial.figure("put healthy ms", healthy);
      trial.figure("put stopped in its midst ms", inTheMidst);
      trial.figure("put stopped before ms", fromTheStart);
      long slowest = Math.max(inTheMidst, fromTheStart);
      trial.require(
          slowest <= 2 * healthy + PUT_MILLIS_MORE_MAX,
          "a put with a stopped node takes " + slowest + " ms, " + healthy + " without");
    } finally {
      stopped.signal("CONT");
    }
  }

  /// Something that happens while a put runs.
  private interface Trouble {
    void make() throws Exception;
  }

  private static long putMillis(Trial trial, Trouble trouble) throws Exception {
    Thread beside =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                trouble.make();
              } catch (Exception e) {
                throw new IllegalStateException("no trouble could be made", e);
              }
            });
    long began = System.nanoTime();
    trial.arena().succeed(trial, "put", "large", "-o", "again.manifest", "--force");
    long took = (System.nanoTime() - began) / 1_000_000;
    beside.join();
    return took;
  }
}
