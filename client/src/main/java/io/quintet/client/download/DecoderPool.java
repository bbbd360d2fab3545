package io.quintet.client.download;

import io.quintet.client.codec.ChunkDecoder;
import io.quintet.client.codec.CodecException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The threads for decoding, each with a decoder of its own.
final class DecoderPool implements AutoCloseable {
  /// A call that uses a decoder.
  @FunctionalInterface
  interface Work<T> {
    T with(ChunkDecoder decoder) throws CodecException;
  }

  private static final int CLOSE_SECONDS_MAX = 5;

  private final ExecutorService threads;
  private final BlockingQueue<ChunkDecoder> decoders;

  DecoderPool(int count, Supplier<ChunkDecoder> decoder) {
    decoders = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      decoders.add(decoder.get());
    }
    threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("quintet-decode-", 0).factory());
  }

  /// Has one decoder prepared in the background. What fails there fails again, and is told, when a
  /// chunk is decoded.
  void prepare() {
    Future<ChunkDecoder> _ =
        submit(decoder -> {
          decoder.prepare();
          return decoder;
        });
  }

  <T> Future<T> submit(Work<T> work) {
    return threads.submit(() -> {
      ChunkDecoder decoder = decoders.take();
      try {
        return work.with(decoder);
      } finally {
        decoders.add(decoder);
      }
    });
  }

  /// Interrupts what runs; frees the decoders once it ended.
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        decoders.forEach(ChunkDecoder::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
