package io.quintet.scripts.bench.codec;

import io.quintet.client.codec.ChunkEncoder;
import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.client.codec.RepeatedChunks;
import io.quintet.client.source.FileSource;
import io.quintet.client.upload.UploadPipeline;
import io.quintet.manifest.Generation;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.SecretKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Runs the first stages of a put alone: read, hash, compress, encrypt, hash. The blobs go nowhere.
public final class CodecProbe {
  private static final int REPLICAS = 5;

  private final Path file;
  private final SecureRandom random = new SecureRandom();

  /// @param file what is encoded, again and again
  public CodecProbe(Path file) {
    this.file = file;
  }

  /// Encodes `rounds` times, each time with keys of its own.
  public Rounds run(int rounds) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    long stored = 0;
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      stored = round();
      seconds.add((System.nanoTime() - begin) / 1e9);
    }
    return new Rounds(Files.size(file), stored, seconds);
  }

  /// How many bytes the blobs have.
  private long round() throws IOException, InterruptedException {
    Generation generation = new Generation(key(), key());
    RepeatedChunks repeated = new RepeatedChunks();
    long[] stored = {0};
    try (InputStream in = new FileSource(file).open();
        UploadPipeline<Integer> pipeline =
            new UploadPipeline<>(
                () -> new ChunkEncoder(generation, Compression.ZSTD, REPLICAS, repeated),
                chunk -> {
                  EncodedBlob blob = chunk.blob();
                  return CompletableFuture.completedFuture(blob == null ? 0 : blob.bytes().length);
                })) {
      pipeline.run(in, bytes -> stored[0] += bytes);
    } catch (ExecutionException e) {
      throw new IOException("encoding failed", e.getCause());
    }
    return stored[0];
  }

  private SecretKey key() {
    byte[] bytes = new byte[SecretKey.BYTES];
    random.nextBytes(bytes);
    return SecretKey.fromBytes(bytes);
  }
}
