package io.quintet.client.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quintet.client.codec.ChunkEncoder;
import io.quintet.client.codec.RepeatedChunks;
import io.quintet.manifest.Chunks;
import io.quintet.manifest.Generation;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.SecretKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UploadPipelineTest {
  private static final Future<StorageStage> NEVER_OPENED = new CompletableFuture<>();

  /// Gives zeros without end, and counts them.
  private static final class Zeros extends InputStream {
    private final AtomicLong given = new AtomicLong();

    @Override
    public int read() {
      given.incrementAndGet();
      return 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      given.addAndGet(length);
      return length;
    }

    long chunks() {
      return given.get() / Chunks.SIZE_BYTES;
    }
  }

  private static EncoderPool oneEncoder(int replicas) {
    Generation generation =
        new Generation(
            SecretKey.fromBytes(new byte[SecretKey.BYTES]),
            SecretKey.fromBytes(new byte[SecretKey.BYTES]));
    RepeatedChunks repeated = new RepeatedChunks();
    return new EncoderPool(
        1, () -> new ChunkEncoder(generation, Compression.NONE, replicas, repeated));
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void nothingIsReadLongBeforeItIsEncoded() throws Exception {
    Zeros in = new Zeros();
    try (EncoderPool encoders = oneEncoder(5)) {
      CountDownLatch hold = new CountDownLatch(1);
      Future<?> held =
          encoders.submit(encoder -> {
            hold.await();
            return encoder;
          });
      Thread reader = reader(in, encoders);
      awaitWaiting(reader, in, UploadPipeline.READ_AHEAD);
      assertEquals(UploadPipeline.READ_AHEAD, in.chunks());
      hold.countDown();
      held.get();
      // Encoded chunks wait for the network, which is never there.
      awaitWaiting(reader, in, UploadPipeline.WINDOW);
      assertEquals(UploadPipeline.WINDOW, in.chunks());
      reader.interrupt();
      reader.join();
    }
  }

  @Test
  void whatMakesAnEncoderFailIsThrown() {
    try (EncoderPool encoders = oneEncoder(0)) {
      UploadPipeline pipeline = new UploadPipeline(encoders, threads, NEVER_OPENED);
      Throwable failure =
          assertThrows(ExecutionException.class, () -> pipeline.run(new Zeros(), chunk -> {}));
      // Nested once more when the chunk's own stage is seen to fail before its encoding is.
      while (failure instanceof ExecutionException) {
        failure = failure.getCause();
      }
      assertInstanceOf(IllegalArgumentException.class, failure);
    }
  }

  private Thread reader(Zeros in, EncoderPool encoders) {
    UploadPipeline pipeline = new UploadPipeline(encoders, threads, NEVER_OPENED);
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            pipeline.run(in, chunk -> {});
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException | ExecutionException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void awaitWaiting(Thread reader, Zeros in, int chunks) {
    while (in.chunks() < chunks || reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
