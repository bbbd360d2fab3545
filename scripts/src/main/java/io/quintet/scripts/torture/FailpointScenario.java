package io.quintet.scripts.torture;

import io.quintet.scripts.cluster.Launcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Nodes that die, fail or wait at one named step: every step with every fault, on two clusters
/// side by side, as most of the time goes by waiting for a step to come.
final class FailpointScenario implements Scenario {
  private static final int LANES = 2;

  private final List<Fault> faults;

  /// @param steps names as in `quintet.failpoint`
  FailpointScenario(List<String> steps) {
    this.faults = Fault.ofEach(steps);
  }

  @Override
  public String name() {
    return "failpoints";
  }

  @Override
  public String what() {
    return "at one named step after the other a node is killed, fails or waits while it stores,"
        + " deletes, announces, repairs, trims, scrubs and heals; after a restart every"
        + " acknowledged chunk is there, no deleted one is, what was damaged is whole again and"
        + " what was trimmed is still on enough nodes; each step is seen to be reached";
  }

  @Override
  public Length whole() {
    return new Length(faults.size(), 3_600);
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Fault> order = new ArrayList<>(faults);
    Collections.shuffle(order, trial.random());
    Turns turns = new Turns(trial, order);
    ExecutorService threads = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<Void>> lanes = new ArrayList<>();
      int count = Math.min(LANES, trial.roundsMax());
      for (int i = 1; i <= count; i++) {
        lanes.add(threads.submit(lane(trial, turns, "lane-" + i)));
      }
      for (Future<Void> lane : lanes) {
        lane.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      threads.shutdownNow();
    }
    turns.report();
  }

  private static Callable<Void> lane(Trial trial, Turns turns, String name) {
    Random random = new Random(trial.random().nextLong());
    return () -> {
      Launcher launcher = trial.arena().launcher();
      try (Arena arena = new Arena(trial.arena().folder(name), launcher)) {
        Torture.endWithThisProcess(arena);
        Trial own = trial.elsewhere(arena, random);
        try {
          new FailpointLane(own).run(turns);
        } finally {
          trial.add(own);
        }
      }
      return null;
    };
  }

  /// Who does what, for all lanes, and what came of it.
  static final class Turns {
    private final Trial trial;
    private final List<Fault> order;
    private final List<Fault> missed = new ArrayList<>();
    private int next;
    private boolean failed;

    Turns(Trial trial, List<Fault> order) {
      this.trial = trial;
      this.order = order;
    }

    /// The next fault; null when it is enough.
    synchronized @org.jspecify.annotations.Nullable Fault next() {
      if (failed || !trial.more()) {
        return null;
      }
      return order.get(next++ % order.size());
    }

    /// No lane shall begin another turn.
    synchronized void failed() {
      failed = true;
    }

    synchronized void missed(Fault fault) {
      missed.add(fault);
    }

    synchronized void report() throws BrokenPromiseException {
      trial.figure("steps with faults", order.size());
      trial.figure("tried", next);
      trial.figure("not reached", missed.isEmpty() ? 0 : missed.toString());
      trial.require(missed.isEmpty(), "not reached: " + missed);
    }
  }
}
