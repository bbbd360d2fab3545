package io.quintet.client.upload;

import io.quintet.client.codec.ChunkEncoder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The threads for encoding, each with an encoder of its own.
final class EncoderPool implements AutoCloseable {
  /// A call that uses an encoder.
  @FunctionalInterface
  interface Work<T> {
    T with(ChunkEncoder encoder) throws InterruptedException;
  }

  private static final int CLOSE_SECONDS_MAX = 5;

  private final ExecutorService threads;
  private final BlockingQueue<ChunkEncoder> encoders;

  EncoderPool(int count, Supplier<ChunkEncoder> encoder) {
    encoders = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      encoders.add(encoder.get());
    }
    threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("quintet-encode-", 0).factory());
  }

  /// Starts `work` after all that was submitted before has been started.
  <T> Future<T> submit(Work<T> work) {
    Callable<T> task =
        () -> {
          ChunkEncoder encoder = encoders.take();
          try {
            return work.with(encoder);
          } finally {
            encoders.add(encoder);
          }
        };
    return threads.submit(task);
  }

  /// Interrupts what runs; frees the encoders once it ended.
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        encoders.forEach(ChunkEncoder::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
