package io.quintet.node.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker on its thread: steps, pauses, failures.
final class WorkLoop {
  private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);

  private static final Duration FAILURE_PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration FAILURE_PAUSE_MAX = Duration.ofMinutes(1);

  private final Worker worker;
  private final MonotonicTime time;
  private final Semaphore turns;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);

  /// Has a permit when the next pause is to end at once.
  private final Semaphore woken = new Semaphore(0);

  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile WorkState.Phase phase = WorkState.Phase.STARTING;

  WorkLoop(Worker worker, MonotonicTime time, Semaphore turns) {
    this.worker = worker;
    this.time = time;
    this.turns = turns;
    this.thread = Thread.ofVirtual().name("work-" + worker.name()).unstarted(this::run);
  }

  String name() {
    return worker.name();
  }

  void start() {
    thread.start();
  }

  void wake() {
    woken.release();
  }

  void stop() {
    thread.interrupt();
  }

  boolean isDone() {
    return phase == WorkState.Phase.DONE;
  }

  boolean awaitEnd(long amount, TimeUnit unit) {
    try {
      return ended.await(amount, unit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  WorkState state() {
    return new WorkState(worker.name(), phase, steps.get(), failures.get(), worker.figures());
  }

  private void run() {
    Duration failurePause = FAILURE_PAUSE_MIN;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration pause;
        try {
          Step step = turn();
          failurePause = FAILURE_PAUSE_MIN;
          if (step instanceof Step.Done) {
            return;
          }
          pause = after(step);
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          failures.incrementAndGet();
          phase = WorkState.Phase.FAILING;
          LOG.warn("a step of {} failed; it is tried again in {}", name(), failurePause, e);
          pause = failurePause;
          failurePause = shorter(failurePause.multipliedBy(2), FAILURE_PAUSE_MAX);
        }
        rest(pause);
      }
    } catch (InterruptedException e) {
      // The runner stops: the loop ends here.
      Thread.currentThread().interrupt();
    } finally {
      phase = WorkState.Phase.DONE;
      ended.countDown();
    }
  }

  private Step turn() throws Exception {
    turns.acquire();
    try {
      phase = WorkState.Phase.BUSY;
      steps.incrementAndGet();
      return worker.step();
    } finally {
      turns.release();
    }
  }

  private Duration after(Step step) {
    return switch (step) {
      case Step.Busy() -> Duration.ZERO;
      case Step.Throttled(Duration pause) -> {
        phase = WorkState.Phase.THROTTLED;
        yield pause;
      }
      case Step.Idle(Duration pause) -> {
        phase = WorkState.Phase.IDLE;
        yield pause;
      }
      case Step.Done() -> Duration.ZERO;
    };
  }

  /// An idle node's pauses are long and many: whoever waits here costs nothing until it is woken.
  private void rest(Duration pause) throws InterruptedException {
    if (!pause.isZero()) {
      time.await(woken, pause);
      woken.drainPermits();
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
