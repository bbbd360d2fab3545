package io.quintet.client.upload;

import io.quintet.client.chunk.Chunk;
import io.quintet.client.chunk.Chunker;
import io.quintet.client.codec.ChunkEncoder;
import io.quintet.client.codec.EncodedChunk;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The first stages of a put: reads chunks, encodes them, hands each on, and gives what became of
/// them in the order of the source.
///
/// A few threads take turns at reading a chunk, and each encodes what it read while it is in its
/// processor's cache. The calling thread waits for what becomes of each chunk, in order. Memory is
/// bounded by [#WINDOW], the chunks between the source and the calling thread.
///
/// @param <T> what becomes of a chunk
public final class UploadPipeline<T> implements AutoCloseable {
  /// Chunks in flight.
  static final int WINDOW = 24;

  /// Threads that read and encode.
  static final int ENCODERS = 2;

  private final Supplier<ChunkEncoder> encoders;
  private final Function<EncodedChunk, Future<T>> next;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          ENCODERS, Thread.ofPlatform().daemon().name("quintet-encode-", 0).factory());
  // The oldest chunk has left the queue: the calling thread waits for it.
  private final BlockingQueue<Future<Turn<T>>> inFlight = new ArrayBlockingQueue<>(WINDOW - 1);
  // Held from before a chunk is queued until it is read, so that both happen in the file's order.
  private final Semaphore reading = new Semaphore(1);
  private boolean ended;

  /// @param encoders makes one for each thread that encodes
  /// @param next takes each encoded chunk and returns at once, called by several threads
  public UploadPipeline(Supplier<ChunkEncoder> encoders, Function<EncodedChunk, Future<T>> next) {
    this.encoders = encoders;
    this.next = next;
  }

  /// Sends all of `in` through. To be called once.
  ///
  /// @param sink takes what became of the chunks, in order, on the calling thread
  /// @throws ExecutionException with what made a stage fail
  public void run(InputStream in, Sink<T> sink)
      throws IOException, InterruptedException, ExecutionException {
    Chunker chunker = new Chunker(in);
    for (int i = 0; i < ENCODERS; i++) {
      ChunkEncoder encoder = encoders.get();
      byte[] room = new byte[Chunk.ROOM_BYTES];
      workers.execute(() -> work(chunker, room, encoder));
    }
    Future<T> oldest = inFlight.take().get().outcome();
    while (oldest != null) {
      sink.take(oldest.get());
      oldest = inFlight.take().get().outcome();
    }
  }

  private void work(Chunker chunker, byte[] room, ChunkEncoder encoder) {
    try (encoder) {
      FutureTask<Turn<T>> turn;
      do {
        reading.acquire();
        turn = new FutureTask<>(() -> take(chunker, room, encoder));
        inFlight.put(turn);
        turn.run();
      } while (turn.state() == Future.State.SUCCESS && turn.resultNow().outcome() != null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What a thread made of its turn.
  ///
  /// @param outcome of the chunk that it read; null when there was none left
  private record Turn<T>(@Nullable Future<T> outcome) {}

  private Turn<T> take(Chunker chunker, byte[] room, ChunkEncoder encoder)
      throws IOException, InterruptedException {
    Chunk chunk = read(chunker, room);
    return new Turn<>(chunk == null ? null : next.apply(encoder.encode(chunk)));
  }

  private @Nullable Chunk read(Chunker chunker, byte[] room) throws IOException {
    Chunk chunk = null;
    try {
      chunk = ended ? null : chunker.next(room);
      return chunk;
    } finally {
      // Nothing is read after a failure either.
      ended = chunk == null;
      reading.release();
    }
  }

  /// Interrupts what runs, and waits for none of it: a thread may be reading from a terminal.
  @Override
  public void close() {
    workers.shutdownNow();
  }

  /// Where the outcomes go.
  ///
  /// @param <T> what becomes of a chunk
  @FunctionalInterface
  public interface Sink<T> {
    /// Takes the next one.
    void take(T outcome) throws IOException;
  }
}
