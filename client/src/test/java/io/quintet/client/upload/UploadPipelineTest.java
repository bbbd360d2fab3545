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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UploadPipelineTest {
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

  private final RepeatedChunks repeated = new RepeatedChunks();

  @BeforeEach
  void awaitNoEncoders() {
    while (encoders().findAny().isPresent()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void nobodyReadsAgainBeforeTheChunkIsEncoded() throws Exception {
    Zeros in = new Zeros();
    try (UploadPipeline<Void> pipeline = pipeline(5)) {
      Thread caller;
      // No encoder learns whether its chunk is a repeated one.
      synchronized (repeated) {
        caller = start(pipeline, in);
        awaitEncoders(Thread.State.BLOCKED);
        assertEquals(UploadPipeline.ENCODERS, in.chunks());
      }
      stop(caller);
    }
  }

  @Test
  void theWindowBoundsWhatIsRead() throws Exception {
    Zeros in = new Zeros();
    try (UploadPipeline<Void> pipeline = pipeline(5)) {
      Thread caller = start(pipeline, in);
      // Nothing becomes of the encoded chunks.
      while (in.chunks() < UploadPipeline.WINDOW) {
        Thread.onSpinWait();
      }
      awaitEncoders(Thread.State.WAITING);
      assertEquals(UploadPipeline.WINDOW, in.chunks());
      stop(caller);
    }
  }

  @Test
  void outcomesComeInTheOrderOfTheSource() throws Exception {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<Integer> second = new CompletableFuture<>();
    InputStream in =
        new ByteArrayInputStream(new byte[2 * Chunks.SIZE_BYTES]) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            int got = super.read(target, offset, length);
            if (got < 0) {
              // The first chunk is done after the second.
              first.complete(second.join() - 1);
            }
            return got;
          }
        };
    List<Integer> taken = new ArrayList<>();
    try (UploadPipeline<Integer> pipeline =
        new UploadPipeline<>(
            () -> encoder(5),
            chunk -> {
              if (chunk.index() == 0) {
                return first;
              }
              second.complete(1);
              return second;
            })) {
      pipeline.run(in, taken::add);
    }
    assertEquals(List.of(0, 1), taken);
  }

  @Test
  void whatMakesAnEncoderFailIsThrown() {
    try (UploadPipeline<Void> pipeline = pipeline(0)) {
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> pipeline.run(new Zeros(), chunk -> {}));
      assertInstanceOf(IllegalArgumentException.class, failure.getCause());
    }
  }

  @Test
  void whatMakesTheSourceFailIsThrownAndNothingIsReadAfterIt() throws Exception {
    AtomicLong reads = new AtomicLong();
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            reads.incrementAndGet();
            throw new IOException("the disk");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    try (UploadPipeline<Void> pipeline = pipeline(5)) {
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> pipeline.run(in, chunk -> {}));
      assertEquals(
          "the disk", assertInstanceOf(IOException.class, failure.getCause()).getMessage());
    }
    awaitNoEncoders();
    assertEquals(1, reads.get());
  }

  /// Nothing becomes of its chunks.
  private UploadPipeline<Void> pipeline(int replicas) {
    return new UploadPipeline<>(() -> encoder(replicas), chunk -> new CompletableFuture<>());
  }

  private ChunkEncoder encoder(int replicas) {
    SecretKey zeros = SecretKey.fromBytes(new byte[SecretKey.BYTES]);
    return new ChunkEncoder(new Generation(zeros, zeros), Compression.NONE, replicas, repeated);
  }

  private static Thread start(UploadPipeline<Void> pipeline, InputStream in) {
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

  private static void stop(Thread caller) throws InterruptedException {
    caller.interrupt();
    caller.join();
  }

  /// Waits until all threads that encode are in `state`.
  private static void awaitEncoders(Thread.State state) {
    while (encoders().filter(thread -> thread.getState() == state).count()
        < UploadPipeline.ENCODERS) {
      Thread.onSpinWait();
    }
  }

  private static Stream<Thread> encoders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("quintet-encode-"));
  }
}
