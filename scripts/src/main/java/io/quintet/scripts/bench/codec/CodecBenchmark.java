package io.quintet.scripts.bench.codec;

import io.quintet.client.chunk.BufferPool;
import io.quintet.client.chunk.Chunk;
import io.quintet.client.codec.ChunkDecoder;
import io.quintet.client.codec.ChunkEncoder;
import io.quintet.client.codec.CodecException;
import io.quintet.client.codec.EncodedChunk;
import io.quintet.client.codec.RepeatedChunks;
import io.quintet.manifest.Chunks;
import io.quintet.manifest.Generation;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.SecretKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// `scripts/bench jmh`: one chunk of 1 MiB to a blob and back, on one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class CodecBenchmark {
  private static final int REPLICAS = 5;

  /// What the chunk holds: `text` or `random`.
  @Param({"text", "random"})
  public String content = "text";

  private final Generation generation =
      new Generation(
          SecretKey.fromBytes(new byte[SecretKey.BYTES]),
          SecretKey.fromBytes(new byte[SecretKey.BYTES]));
  private final ChunkDecoder decoder = new ChunkDecoder(List.of(generation));
  private final byte[] plain = new byte[Chunk.ROOM_BYTES];
  private byte[] blob = new byte[0];
  private final BufferPool buffers = new BufferPool(1);

  /// Made by JMH.
  public CodecBenchmark() {}

  /// Makes the chunk and its blob.
  @Setup(Level.Trial)
  public void prepare() throws IOException, InterruptedException {
    Path file = Files.createTempFile("quintet-jmh", "");
    try {
      if (content.equals("text")) {
        Inputs.text(file, Chunks.SIZE_BYTES);
      } else {
        Inputs.random(file, Chunks.SIZE_BYTES);
      }
      try (InputStream in = Files.newInputStream(file)) {
        int got = in.readNBytes(plain, Chunk.OFFSET, Chunks.SIZE_BYTES);
        assert got == Chunks.SIZE_BYTES;
      }
    } finally {
      Files.delete(file);
    }
    blob = Objects.requireNonNull(encodeChunk().blob()).bytes();
  }

  /// Hash, compress, encrypt, hash.
  @Benchmark
  public void encode(Blackhole sink) throws InterruptedException {
    sink.consume(encodeChunk());
  }

  /// Decrypt and decompress.
  @Benchmark
  public void decode(Blackhole sink) throws CodecException {
    Chunk chunk = decoder.decode(blob, 0, 0, Chunks.SIZE_BYTES, buffers);
    sink.consume(chunk);
    buffers.give(chunk.bytes());
  }

  // An encoder remembers what it saw, so each chunk gets a new one.
  private EncodedChunk encodeChunk() throws InterruptedException {
    try (ChunkEncoder encoder =
        new ChunkEncoder(generation, Compression.ZSTD, REPLICAS, new RepeatedChunks())) {
      return encoder.encode(new Chunk(0, plain, Chunks.SIZE_BYTES));
    }
  }

  /// Frees native memory.
  @TearDown(Level.Trial)
  public void close() {
    decoder.close();
  }
}
