package io.quintet.node.work;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Runs workers, each on a virtual thread of its own, a bounded number of steps at once.
///
/// Safe for many threads.
public final class WorkRunner implements AutoCloseable {
  private static final Duration STOP_TIME_MAX = Duration.ofSeconds(10);

  private final MonotonicTime time;
  private final Semaphore turns;
  private final List<WorkLoop> loops = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /// @param stepsAtOnce how many steps of all workers may run at the same time, at least 1
  public WorkRunner(MonotonicTime time, int stepsAtOnce) {
    if (stepsAtOnce < 1) {
      throw new IllegalArgumentException("stepsAtOnce: " + stepsAtOnce + " (expected: 1 or more)");
    }
    this.time = time;
    this.turns = new Semaphore(stepsAtOnce, true);
  }

  /// Starts `worker`; it runs until it is done or the runner is closed.
  ///
  /// @throws IllegalStateException when the runner is closed or a worker of this name runs
  public synchronized void start(Worker worker) {
    if (closed) {
      throw new IllegalStateException("the runner is closed: " + worker.name());
    }
    loops.removeIf(loop -> loop.name().equals(worker.name()) && loop.isDone());
    if (loops.stream().anyMatch(loop -> loop.name().equals(worker.name()))) {
      throw new IllegalStateException("runs already: " + worker.name());
    }
    WorkLoop loop = new WorkLoop(worker, time, turns);
    loops.add(loop);
    loop.start();
  }

  /// Ends the pause of the worker of that name, if it is idle or throttled.
  public void wake(String name) {
    for (WorkLoop loop : loops) {
      if (loop.name().equals(name)) {
        loop.wake();
      }
    }
  }

  /// What every worker is about, in the order in which they were started.
  public List<WorkState> states() {
    return loops.stream().map(WorkLoop::state).toList();
  }

  /// Interrupts all workers and waits for them, a bounded time.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    loops.forEach(WorkLoop::stop);
    long deadline = System.nanoTime() + STOP_TIME_MAX.toNanos();
    for (WorkLoop loop : loops) {
      if (!loop.awaitEnd(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }
}
