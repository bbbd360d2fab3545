package io.quintet.client.upload;

import io.quintet.client.chunk.Chunk;
import io.quintet.client.chunk.Chunker;
import io.quintet.client.codec.ChunkEncoder;
import io.quintet.client.codec.EncodedChunk;
import io.quintet.client.codec.EncodedChunk.EncodedBlob;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The stages of a put in order: read and encode, place and store, and the manifest's rows.
///
/// A few threads take turns at reading a chunk, and each encodes what it read while it is in its
/// processor's cache; each chunk then waits for its nodes on a virtual thread; the calling thread
/// takes the results in order. Memory is bounded by [#WINDOW], the chunks between the source and
/// the manifest.
final class UploadPipeline implements AutoCloseable {
  /// Chunks in flight.
  static final int WINDOW = 24;

  /// Threads that read and encode.
  static final int ENCODERS = 2;

  private final Supplier<ChunkEncoder> encoders;
  private final ExecutorService threads;
  private final Future<StorageStage> storage;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          ENCODERS, Thread.ofPlatform().daemon().name("quintet-encode-", 0).factory());
  // The oldest chunk has left the queue: the calling thread waits for it.
  private final BlockingQueue<Future<Turn>> inFlight = new ArrayBlockingQueue<>(WINDOW - 1);
  // Held from before a chunk is queued until it is read, so that both happen in the file's order.
  private final Semaphore reading = new Semaphore(1);
  private boolean ended;

  /// @param encoders makes one for each thread that encodes
  /// @param threads starts a virtual thread per task
  /// @param storage awaited before the first chunk is placed, not before it is encoded
  UploadPipeline(
      Supplier<ChunkEncoder> encoders, ExecutorService threads, Future<StorageStage> storage) {
    this.encoders = encoders;
    this.threads = threads;
    this.storage = storage;
  }

  /// Uploads all of `in`. To be called once.
  ///
  /// @throws ExecutionException with what made a stage fail
  void run(InputStream in, RowSink rows)
      throws IOException, InterruptedException, ExecutionException {
    Chunker chunker = new Chunker(in);
    for (int i = 0; i < ENCODERS; i++) {
      ChunkEncoder encoder = encoders.get();
      byte[] room = new byte[Chunk.ROOM_BYTES];
      workers.execute(() -> work(chunker, room, encoder));
    }
    Future<UploadedChunk> next = inFlight.take().get().chunk();
    while (next != null) {
      rows.add(next.get());
      next = inFlight.take().get().chunk();
    }
  }

  private void work(Chunker chunker, byte[] room, ChunkEncoder encoder) {
    try (encoder) {
      FutureTask<Turn> turn;
      do {
        reading.acquire();
        turn = new FutureTask<>(() -> take(chunker, room, encoder));
        inFlight.put(turn);
        turn.run();
      } while (turn.state() == Future.State.SUCCESS && turn.resultNow().chunk() != null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What a thread made of its turn.
  ///
  /// @param chunk on its way to its nodes; null when there was none left
  private record Turn(@Nullable Future<UploadedChunk> chunk) {}

  private Turn take(Chunker chunker, byte[] room, ChunkEncoder encoder)
      throws IOException, InterruptedException {
    Chunk chunk = read(chunker, room);
    if (chunk == null) {
      return new Turn(null);
    }
    EncodedChunk encoded = encoder.encode(chunk);
    return new Turn(threads.submit(() -> store(encoded)));
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

  private UploadedChunk store(EncodedChunk encoded)
      throws InterruptedException, ExecutionException {
    EncodedBlob blob = encoded.blob();
    return UploadedChunk.of(encoded, blob == null ? null : storage.get().store(blob));
  }

  /// Interrupts what runs, and waits for none of it: a thread may be reading from a terminal.
  @Override
  public void close() {
    workers.shutdownNow();
  }

  /// Takes the chunks in order.
  @FunctionalInterface
  interface RowSink {
    void add(UploadedChunk chunk) throws IOException;
  }
}
