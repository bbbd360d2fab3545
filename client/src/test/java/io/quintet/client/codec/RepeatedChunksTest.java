package io.quintet.client.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quintet.manifest.blob.Compression;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RepeatedChunksTest {
  @Test
  void anEqualChunkRefersToTheFirst() throws Exception {
    RepeatedChunks repeated = new RepeatedChunks();
    byte[] a = new byte[32];
    byte[] b = Samples.random(32);
    assertEquals(0, repeated.firstIndex(0, a));
    assertEquals(1, repeated.firstIndex(1, b));
    assertEquals(0, repeated.firstIndex(2, a));
    assertEquals(1, repeated.firstIndex(3, b));
  }

  @Test
  void aFasterLaterChunkWaitsForItsTurn() throws Exception {
    RepeatedChunks repeated = new RepeatedChunks();
    byte[] leaf = new byte[32];
    CompletableFuture<Integer> later = new CompletableFuture<>();
    Thread worker =
        Thread.startVirtualThread(() -> {
          try {
            later.complete(repeated.firstIndex(1, leaf));
          } catch (InterruptedException e) {
            later.completeExceptionally(e);
          }
        });
    assertFalse(later.isDone());
    assertEquals(0, repeated.firstIndex(0, leaf));
    assertEquals(0, later.get(10, TimeUnit.SECONDS));
    worker.join();
  }

  @Test
  void aRepeatedChunkIsNotEncodedAgain() throws Exception {
    try (ChunkEncoder encoder = Samples.encoder(Compression.ZSTD)) {
      EncodedChunk first = encoder.encode(Samples.chunk(0, Samples.text(500)));
      EncodedChunk second = encoder.encode(Samples.chunk(1, Samples.text(500)));
      assertEquals(0, first.firstIndex());
      assertEquals(0, second.firstIndex());
      assertNull(second.blob());
    }
  }
}
