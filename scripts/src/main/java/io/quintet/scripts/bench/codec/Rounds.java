package io.quintet.scripts.bench.codec;

import java.util.List;

/// A file that was sent through several times.
///
/// @param size plain bytes of the file
/// @param storedBytes bytes of its blobs
/// @param seconds of each round, in order
public record Rounds(long size, long storedBytes, List<Double> seconds) {
  /// Keeps its own copy.
  public Rounds {
    seconds = List.copyOf(seconds);
  }

  /// Plain MB/s of the median round.
  public double megabytesPerSecond() {
    List<Double> sorted = seconds.stream().sorted().toList();
    return size / 1e6 / sorted.get(sorted.size() / 2);
  }
}
