package io.quintet.client.upload;

import io.quintet.client.chunk.BufferPool;
import io.quintet.client.chunk.Chunk;
import io.quintet.client.chunk.Chunker;
import io.quintet.client.codec.EncodedChunk;
import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// The stages of a put in order: chunk, encode, place and store, and the manifest's rows.
///
/// The calling thread reads, and takes the results in order; a few threads encode; each chunk waits
/// for its nodes on a virtual thread. Memory is bounded by [#WINDOW], the chunks between the source
/// and the manifest, and by [#READ_AHEAD], those of them that are not encoded yet.
final class UploadPipeline {
  /// Chunks in flight.
  static final int WINDOW = 24;

  /// Chunks that are read and not encoded: one more than there are encoders. What was read long
  /// before has left the processor's cache when it is hashed, and hashing takes half as long again.
  static final int READ_AHEAD = Uploader.ENCODERS + 1;

  private final EncoderPool encoders;
  private final ExecutorService threads;
  private final Future<StorageStage> storage;
  private final BufferPool buffers = new BufferPool(READ_AHEAD);
  private final Deque<Future<EncodedChunk>> inEncoding = new ArrayDeque<>(READ_AHEAD);
  private final Deque<Future<UploadedChunk>> inFlight = new ArrayDeque<>(WINDOW);

  /// @param encoders takes chunks in order
  /// @param threads starts a virtual thread per task
  /// @param storage awaited before the first chunk is placed, not before it is encoded
  UploadPipeline(EncoderPool encoders, ExecutorService threads, Future<StorageStage> storage) {
    this.encoders = encoders;
    this.threads = threads;
    this.storage = storage;
  }

  /// Uploads all of `in`.
  ///
  /// @throws ExecutionException with what made a stage fail
  void run(InputStream in, RowSink rows)
      throws IOException, InterruptedException, ExecutionException {
    Chunker chunker = new Chunker(in, buffers);
    for (Chunk chunk = chunker.next(); chunk != null; chunk = chunker.next()) {
      inFlight.add(begin(chunk));
      if (inEncoding.size() >= READ_AHEAD) {
        inEncoding.remove().get();
      }
      while (inFlight.size() >= WINDOW || (!inFlight.isEmpty() && inFlight.element().isDone())) {
        rows.add(inFlight.remove().get());
      }
    }
    while (!inFlight.isEmpty()) {
      rows.add(inFlight.remove().get());
    }
  }

  private Future<UploadedChunk> begin(Chunk chunk) {
    Future<EncodedChunk> encoding =
        encoders.submit(encoder -> {
          EncodedChunk encoded = encoder.encode(chunk);
          buffers.give(chunk.bytes());
          return encoded;
        });
    inEncoding.add(encoding);
    return threads.submit(() -> {
      EncodedChunk encoded = encoding.get();
      EncodedBlob blob = encoded.blob();
      return UploadedChunk.of(encoded, blob == null ? null : storage.get().store(blob));
    });
  }

  /// Takes the chunks in order.
  @FunctionalInterface
  interface RowSink {
    void add(UploadedChunk chunk) throws IOException;
  }
}
