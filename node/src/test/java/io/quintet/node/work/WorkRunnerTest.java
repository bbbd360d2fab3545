package io.quintet.node.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WorkRunnerTest {
  private static final Duration LONG = Duration.ofHours(1);

  private interface Action {
    Step step() throws Exception;
  }

  private record Job(String name, Action action) implements Worker {
    @Override
    public Step step() throws Exception {
      return action.step();
    }

    @Override
    public Map<String, Number> figures() {
      return Map.of("answer", 42);
    }
  }

  private static WorkState await(WorkRunner runner, Predicate<WorkState> wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      WorkState state = runner.states().getFirst();
      if (wanted.test(state)) {
        return state;
      }
      assertTrue(System.nanoTime() < end, () -> "still " + state);
      Thread.onSpinWait();
    }
  }

  @Test
  void aWorkerStepsUntilItIsDone() throws Exception {
    try (WorkRunner runner = new WorkRunner(MonotonicTime.system(), 1)) {
      AtomicInteger steps = new AtomicInteger();
      runner.start(
          new Job("count", () -> steps.incrementAndGet() < 100 ? Step.busy() : Step.done()));
      WorkState state = await(runner, each -> each.phase() == WorkState.Phase.DONE);
      assertEquals(100, state.steps());
      assertEquals(42, state.figures().get("answer"));
    }
  }

  @Test
  void anIdleWorkerSleepsUntilItIsWoken() throws Exception {
    try (WorkRunner runner = new WorkRunner(MonotonicTime.system(), 1)) {
      runner.start(new Job("idle", () -> Step.idle(LONG)));
      assertEquals(1, await(runner, each -> each.phase() == WorkState.Phase.IDLE).steps());
      runner.wake("idle");
      assertEquals(2, await(runner, each -> each.steps() == 2).steps());
    }
  }

  @Test
  void aThrottledWorkerWaitsForItsBudget() throws Exception {
    try (WorkRunner runner = new WorkRunner(MonotonicTime.system(), 1)) {
      runner.start(new Job("slow", () -> Step.throttled(LONG)));
      await(runner, each -> each.phase() == WorkState.Phase.THROTTLED);
    }
  }

  @Test
  void aFailedStepIsTriedAgainAfterAPauseAndDoesNotEndTheWorker() throws Exception {
    MonotonicTime noWaiting = new Hurried();
    try (WorkRunner runner = new WorkRunner(noWaiting, 1)) {
      AtomicInteger steps = new AtomicInteger();
      runner.start(
          new Job(
              "fails",
              () -> {
                if (steps.incrementAndGet() < 4) {
                  throw new IllegalStateException("on purpose");
                }
                return Step.done();
              }));
      assertEquals(3, await(runner, each -> each.phase() == WorkState.Phase.DONE).failures());
    }
  }

  @Test
  void noMoreStepsRunAtOnceThanAllowed() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(6);
    try (WorkRunner runner = new WorkRunner(MonotonicTime.system(), 2)) {
      for (int i = 0; i < 6; i++) {
        runner.start(
            new Job(
                "worker" + i,
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  running.decrementAndGet();
                  done.countDown();
                  return Step.done();
                }));
      }
      assertTrue(done.await(20, TimeUnit.SECONDS));
    }
    assertTrue(most.get() <= 2, () -> most + " at once");
  }

  @Test
  void closingInterruptsAStepThatWaits() {
    WorkRunner runner = new WorkRunner(MonotonicTime.system(), 1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch forever = new CountDownLatch(1);
    runner.start(
        new Job(
            "stuck",
            () -> {
              started.countDown();
              forever.await();
              return Step.busy();
            }));
    assertTrue(waitFor(started));
    runner.close();
    assertEquals(WorkState.Phase.DONE, runner.states().getFirst().phase());
    assertThrows(
        IllegalStateException.class, () -> runner.start(new Job("late", () -> Step.done())));
  }

  @Test
  void twoWorkersOfOneNameAreRefusedWhileTheFirstRuns() {
    try (WorkRunner runner = new WorkRunner(MonotonicTime.system(), 1)) {
      runner.start(new Job("same", () -> Step.idle(LONG)));
      assertThrows(
          IllegalStateException.class, () -> runner.start(new Job("same", () -> Step.done())));
    }
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// A clock on which a pause is over as soon as it begins.
  private static final class Hurried implements MonotonicTime {
    private long now;

    @Override
    public synchronized long nanos() {
      return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
      now += duration.toNanos();
    }
  }
}
