package io.quintet.client.network;

import io.quintet.dht.net.PeerException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Waits in a blocking thread for what an event loop will bring.
public final class Waiting {
  private Waiting() {}

  /// The future's value.
  ///
  /// @throws PeerException when it failed with one
  /// @throws TimeoutException when it is not there after `limit`, which is beyond the time that the
  ///   call itself allows
  public static <T> T forValue(Future<T> future, Duration limit)
      throws InterruptedException, TimeoutException {
    CompletableFuture<T> waiting = future.toCompletionStage().toCompletableFuture();
    try {
      return waiting.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("a call to a node failed in an unforeseen way", cause);
  }
}
