package io.quintet.client.download;

import io.quintet.client.chunk.BufferPool;
import io.quintet.client.chunk.Chunk;
import io.quintet.client.transfer.ChunkFetcher;
import io.quintet.client.transfer.FetchedChunk;
import io.quintet.manifest.Chunks;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.merkle.MerkleTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The stages of a get in order: locate and fetch, decode, and hand out in the order of the file.
///
/// Each chunk waits for its holders on a virtual thread; a few threads decode. Memory is bounded by
/// [#WINDOW], the chunks that are under way or waiting for their turn. Owned by one thread.
final class DownloadPipeline {
  /// Chunks in flight.
  static final int WINDOW = 20;

  private final Manifest manifest;
  private final ChunkFetcher fetcher;
  private final DecoderPool decoders;
  private final ExecutorService threads;
  private final BufferPool buffers = new BufferPool(WINDOW);
  private final Deque<Future<RestoredChunk>> inFlight = new ArrayDeque<>(WINDOW);
  private int begun;
  private byte @Nullable [] handedOut;

  /// @param threads starts a virtual thread per task
  DownloadPipeline(
      Manifest manifest, ChunkFetcher fetcher, DecoderPool decoders, ExecutorService threads) {
    this.manifest = manifest;
    this.fetcher = fetcher;
    this.decoders = decoders;
    this.threads = threads;
  }

  /// The next chunk in the order of the file, or null after the last. Its buffer is good until the
  /// next call.
  ///
  /// @throws ExecutionException with what made a stage fail
  @Nullable RestoredChunk next() throws InterruptedException, ExecutionException {
    if (handedOut != null) {
      buffers.give(handedOut);
      handedOut = null;
    }
    while (begun < manifest.chunks().size() && inFlight.size() < WINDOW) {
      int index = begun++;
      inFlight.add(threads.submit(() -> restore(index)));
    }
    if (inFlight.isEmpty()) {
      return null;
    }
    RestoredChunk restored = inFlight.remove().get();
    if (restored instanceof RestoredChunk.Plain plain) {
      handedOut = plain.chunk().bytes();
    }
    return restored;
  }

  private RestoredChunk restore(int index) throws InterruptedException, ExecutionException {
    return switch (fetcher.fetch(index)) {
      case FetchedChunk.Found found -> decode(index, found.blob());
      case FetchedChunk.Missing missing -> new RestoredChunk.Lost(index, missing);
    };
  }

  private RestoredChunk decode(int index, byte[] blob)
      throws InterruptedException, ExecutionException {
    int length = Chunks.length(manifest.size(), index);
    int generation = manifest.chunks().generation(index);
    Future<RestoredChunk> decoding =
        decoders.submit(decoder -> {
          Chunk chunk = decoder.decode(blob, generation, index, length, buffers);
          byte[] leafHash = MerkleTree.leafHash(chunk.bytes(), Chunk.OFFSET, length);
          return new RestoredChunk.Plain(chunk, leafHash);
        });
    return decoding.get();
  }
}
