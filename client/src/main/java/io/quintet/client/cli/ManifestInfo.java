package io.quintet.client.cli;

import io.quintet.client.download.ManifestOpening;
import io.quintet.manifest.ChunkTable;
import io.quintet.manifest.Manifest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// Reads what `info` shows.
final class ManifestInfo {
  private ManifestInfo() {}

  static ManifestFacts read(Path path) {
    Manifest manifest = ManifestOpening.open(path);
    return new ManifestFacts(
        Manifest.VERSION,
        manifest.size(),
        manifest.chunks().size(),
        distinct(manifest.chunks()),
        manifest.chunkSize(),
        manifest.compression().label(),
        "AES-256-GCM",
        manifest.content().label(),
        manifest.replicas(),
        HexFormat.of().formatHex(manifest.merkleRoot()),
        !manifest.isRedacted());
  }

  // Generation and position name a blob, so sorting them tells how many there are.
  private static long distinct(ChunkTable chunks) {
    long[] origins = new long[chunks.size()];
    for (int i = 0; i < origins.length; i++) {
      origins[i] = ((long) chunks.generation(i) << Integer.SIZE) | chunks.position(i);
    }
    Arrays.sort(origins);
    long distinct = 0;
    for (int i = 0; i < origins.length; i++) {
      distinct += i == 0 || origins[i] != origins[i - 1] ? 1 : 0;
    }
    return distinct;
  }
}
