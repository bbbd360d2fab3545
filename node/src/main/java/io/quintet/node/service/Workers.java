package io.quintet.node.service;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.concurrent.Callable;

/// The threads on which the store blocks. Futures complete on the context of the caller.
public final class Workers {
  private final WorkerExecutor executor;

  /// @param executor as many threads as disk operations that should overlap
  public Workers(WorkerExecutor executor) {
    this.executor = executor;
  }

  /// A job that returns nothing.
  interface Job {
    void run() throws Exception;
  }

  /// Runs `job`, at once if a thread is free, in no particular order.
  public <T> Future<T> call(Callable<T> job) {
    return executor.executeBlocking(job, false).map(Objects::requireNonNull);
  }

  /// The same for a job without result.
  Future<Void> run(Job job) {
    return call(
            () -> {
              job.run();
              return true;
            })
        .mapEmpty();
  }
}
