package io.quintet.dht.net.rpc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// A thread for making and checking signatures, which take too long for an event loop. Bounded: a
/// flood of pings fails instead of piling up.
public final class Signatures {
  private static final int WAITING_MAX = 512;

  private final WorkerExecutor thread;
  private final AtomicInteger waiting = new AtomicInteger();

  /// @param name of the thread; not in use by another instance of the same Vert.x
  public Signatures(Vertx vertx, String name) {
    this.thread = vertx.createSharedWorkerExecutor(name, 1);
  }

  <T> Future<T> run(Callable<T> work) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new RejectedExecutionException("more than " + WAITING_MAX + " signatures are waiting"));
    }
    return thread
        .executeBlocking(work, false)
        .eventually(() -> {
          waiting.decrementAndGet();
          return Future.succeededFuture();
        })
        .map(Objects::requireNonNull);
  }

  /// Stops the thread.
  public Future<Void> close() {
    return thread.close();
  }
}
