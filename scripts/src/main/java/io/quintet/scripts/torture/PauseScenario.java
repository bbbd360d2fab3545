package io.quintet.scripts.torture;

import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.QuintetCommandLine;
import io.quintet.scripts.Quintet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// SIGSTOP for one node of six while a client gets files.
final class PauseScenario implements Scenario {
  private static final int NODES = 6;
  private static final int FILES = 8;
  private static final int GETS = 40;
  private static final double RATIO_MAX = 2;

  /// A first try that finds the machine busy with something else is no finding.
  private static final int TRIES = 3;

  @Override
  public String name() {
    return "pause";
  }

  @Override
  public String what() {
    return "one of six nodes is stopped by SIGSTOP; the 99th percentile of the time of a get is at"
        + " most twice that of the healthy cluster";
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> nodes = trial.arena().cluster(trial, NODES, "--reserve", "1B");
    List<StoredFile> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      files.add(StoredFile.put(trial, nodes, "file-" + i, 1_000_000));
    }
    gets(trial, files, GETS);
    while (trial.more()) {
      double best = Double.MAX_VALUE;
      for (int i = 0; i < TRIES && best > RATIO_MAX; i++) {
        best = Math.min(best, ratio(trial, nodes, files));
      }
      trial.require(best <= RATIO_MAX, "p99 with a stopped node is %.2f x".formatted(best));
    }
  }

  private static double ratio(Trial trial, List<Victim> nodes, List<StoredFile> files)
      throws Exception {
    Victim stopped = nodes.get(trial.random().nextInt(NODES));
    long healthy = p99(gets(trial, files, GETS));
    stopped.signal("STOP");
    long paused;
    try {
      paused = p99(gets(trial, files, GETS));
    } finally {
      stopped.signal("CONT");
    }
    double ratio = (double) paused / healthy;
    trial.figure("p99 healthy ms", healthy);
    trial.figure("p99 one stopped ms", paused);
    trial.figure("ratio", Math.round(ratio * 100) / 100.0);
    return ratio;
  }

  /// Gets in this process, so that the time is that of the network and not of starting a JVM.
  private static List<Long> gets(Trial trial, List<StoredFile> files, int count) throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StoredFile file = files.get(i % files.size());
      String out = trial.arena().path("out").toString();
      List<String> command = new ArrayList<>(List.of("get"));
      command.add(trial.arena().path(file.manifest()).toString());
      command.addAll(List.of("-o", out, "--force"));
      command.addAll(trial.arena().networkOptions(""));
      StringWriter said = new StringWriter();
      long began = System.nanoTime();
      QuintetCommandLine line = Quintet.commandLine(CliContext.ofThisProcess());
      line.picocli().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
      int status = line.execute(command.toArray(String[]::new));
      millis.add((System.nanoTime() - began) / 1_000_000);
      trial.require(status == 0, "get with a stopped node: " + said);
    }
    return millis;
  }

  private static long p99(List<Long> millis) {
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
  }
}
