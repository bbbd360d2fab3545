package io.quintet.scripts.bench.limit;

import com.github.luben.zstd.ZstdCompressCtx;
import io.quintet.manifest.Chunks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// zstd level 1 on 1 MiB messages, each compressed by itself, with one context per thread.
public final class ZstdRate {
  private static final int LEVEL = 1;
  private static final int MESSAGES = 64;
  private static final Duration MEASURE = Duration.ofSeconds(3);
  private static final Duration WARM_UP = Duration.ofMillis(500);

  private ZstdRate() {}

  /// MB/s of plain bytes.
  ///
  /// @param file whose first 64 MiB are compressed again and again
  public static double measure(Path file, int threads) throws IOException, InterruptedException {
    byte[] bytes = new byte[MESSAGES * Chunks.SIZE_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new IOException(file + " is shorter than " + bytes.length + " bytes");
      }
    }
    List<ZstdCompressCtx> contexts = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        contexts.add(new ZstdCompressCtx().setLevel(LEVEL));
      }
      double messages =
          Together.perSecond(
              threads,
              thread -> compressing(contexts.get(thread), bytes, thread),
              WARM_UP,
              MEASURE);
      return messages * Chunks.SIZE_BYTES / 1e6;
    } finally {
      contexts.forEach(ZstdCompressCtx::close);
    }
  }

  private static Together.Work compressing(ZstdCompressCtx zstd, byte[] bytes, int first) {
    byte[] target = new byte[2 * Chunks.SIZE_BYTES];
    int[] next = {first};
    return () -> {
      int from = next[0]++ % MESSAGES * Chunks.SIZE_BYTES;
      zstd.compressByteArray(target, 0, target.length, bytes, from, Chunks.SIZE_BYTES);
    };
  }
}
