package io.quintet.scripts.bench.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Counts how often several threads together can do something within a given time.
final class Together {
  private Together() {}

  /// One thread's work.
  interface Work {
    void once() throws Exception;
  }

  /// Rounds per second of all threads together.
  ///
  /// @param work makes what thread 0, 1, ... does
  /// @param warmUp how long it runs before anything is counted
  /// @param measure how long it is counted
  static double perSecond(int threads, IntFunction<Work> work, Duration warmUp, Duration measure)
      throws IOException, InterruptedException {
    long begin = System.nanoTime() + warmUp.toNanos();
    long end = begin + measure.toNanos();
    List<Callable<Double>> counts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Work mine = work.apply(i);
      counts.add(() -> rate(mine, begin, end));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      double sum = 0;
      for (Future<Double> rate : executor.invokeAll(counts)) {
        sum += rate.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IOException("measuring failed", e.getCause());
    }
  }

  private static double rate(Work work, long begin, long end) throws Exception {
    while (System.nanoTime() - begin < 0) {
      work.once();
    }
    long first = System.nanoTime();
    long rounds = 0;
    long now = first;
    while (now - end < 0) {
      work.once();
      rounds++;
      now = System.nanoTime();
    }
    return rounds * 1e9 / Math.max(1, now - first);
  }
}
