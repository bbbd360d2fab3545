package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.manifest.blob.ChunkId;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.SecretKey;
import io.quintet.manifest.file.ManifestFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A manifest of 1 TiB is a million chunks. It is read in a JVM with a small heap, in the form that
/// needs the most memory: no chunk is this upload's own.
final class MillionChunksTest {
  private static final int CHUNKS = 1 << 20;
  private static final long SECONDS_MAX = 60;

  @TempDir private static Path folder;
  private static Path file;

  @BeforeAll
  static void writeTheManifest() throws IOException {
    Random random = new Random(1);
    ChunkTable.Builder chunks = new ChunkTable.Builder();
    ByteBuffer id = ByteBuffer.allocate(ChunkId.BYTES);
    for (int i = 0; i < CHUNKS; i++) {
      id.clear();
      while (id.hasRemaining()) {
        id.putLong(random.nextLong());
      }
      chunks.add(ChunkId.fromBytes(id.array()), 1, Chunks.COUNT_MAX - 1 - i);
    }
    Generation generation =
        new Generation(
            SecretKey.fromBytes(new byte[SecretKey.BYTES]),
            SecretKey.fromBytes(new byte[SecretKey.BYTES]));
    Manifest manifest =
        new Manifest.Builder()
            .size((long) CHUNKS * Chunks.SIZE_BYTES)
            .compression(Compression.ZSTD)
            .content(Content.FILE)
            .merkleRoot(new byte[32])
            .generations(List.of(generation, generation))
            .chunks(chunks.build())
            .build();
    file = folder.resolve("million.manifest");
    ManifestFile.write(file, manifest, false);
  }

  @Test
  void millionChunksAreReadIn256MebibytesOfHeap() throws IOException, InterruptedException {
    Run run = read("-Xmx256m");
    assertEquals(CHUNKS + " chunks\n", run.output());
    assertEquals(0, run.exitStatus());
  }

  // The ids alone are 32 MiB. This shows that the test above would notice a reader that needs more
  // than it is given, and that the limit on the command line is obeyed.
  @Test
  void millionChunksAreNotReadIn32MebibytesOfHeap() throws IOException, InterruptedException {
    Run run = read("-Xmx32m");
    assertNotEquals(0, run.exitStatus(), run.output());
    assertTrue(run.output().contains("OutOfMemoryError"), run.output());
  }

  private record Run(int exitStatus, String output) {}

  private static Run read(String heap) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MillionChunks.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try {
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readNBytes(64 << 10);
      assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), "still running");
      return new Run(process.exitValue(), new String(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }
}
