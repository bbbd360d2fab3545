package io.quintet.scripts.bench.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads a file that the system has in memory into arrays, 1 MiB at a time.
public final class ReadRate {
  private static final int MESSAGE_BYTES = 1 << 20;
  // Java copies what it reads once more: cheaper while the first copy is in the processor's cache.
  private static final int READ_BYTES = 128 << 10;
  private static final Duration MEASURE = Duration.ofSeconds(2);
  private static final Duration WARM_UP = Duration.ofMillis(500);

  private ReadRate() {}

  /// MB/s.
  ///
  /// @param file at least 1 MiB for each thread
  public static double measure(Path file, int threads) throws IOException, InterruptedException {
    long messages = Files.size(file) / MESSAGE_BYTES;
    List<FileChannel> channels = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        channels.add(FileChannel.open(file));
      }
      return Together.perSecond(
              threads, thread -> reading(channels.get(thread), messages, thread), WARM_UP, MEASURE)
          * MESSAGE_BYTES
          / 1e6;
    } finally {
      for (FileChannel channel : channels) {
        channel.close();
      }
    }
  }

  private static Together.Work reading(FileChannel channel, long messages, int first) {
    byte[] target = new byte[MESSAGE_BYTES];
    long[] next = {first};
    return () -> {
      long from = next[0]++ % messages * MESSAGE_BYTES;
      for (int at = 0; at < MESSAGE_BYTES; ) {
        int wanted = Math.min(READ_BYTES, MESSAGE_BYTES - at);
        int got = channel.read(ByteBuffer.wrap(target, at, wanted), from + at);
        if (got < 0) {
          throw new IOException("the file became shorter");
        }
        at += got;
      }
    };
  }
}
