package io.quintet.node.service.replicas;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Runs a handful of blocking calls at the same time.
public final class Together {
  private Together() {}

  /// The results of `calls` in their order, with at most `atOnce` under way at any time.
  ///
  /// @throws InterruptedException when the caller is interrupted; the calls are, too
  public static <T> List<T> run(List<Callable<T>> calls, int atOnce) throws InterruptedException {
    Semaphore turns = new Semaphore(atOnce);
    List<Callable<T>> bounded = new ArrayList<>(calls.size());
    for (Callable<T> call : calls) {
      bounded.add(() -> {
        turns.acquire();
        try {
          return call.call();
        } finally {
          turns.release();
        }
      });
    }
    return run(bounded);
  }

  /// The results of `calls` in their order.
  ///
  /// @throws InterruptedException when the caller is interrupted; the calls are, too
  public static <T> List<T> run(List<Callable<T>> calls) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>(calls.size());
      for (Future<T> done : threads.invokeAll(calls)) {
        results.add(done.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      throw new IllegalStateException("a call failed in an unforeseen way", e.getCause());
    }
  }
}
