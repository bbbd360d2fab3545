package io.quintet.manifest;

import io.quintet.manifest.blob.StrictHex;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes manifests as text: JSON in pure ASCII, the same bytes for the same manifest, one chunk
/// per line, so that a person can look at it and `diff` can compare two.
public final class ManifestWriter {
  private static final int BUFFER_BYTES = 64 << 10;

  private final BufferedOutputStream out;

  private ManifestWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  /// Writes `manifest` to `out`, secrets included unless it is redacted, in memory independent of
  /// its size. Flushes the stream and leaves it open.
  public static void write(Manifest manifest, OutputStream out) throws IOException {
    new ManifestWriter(out).write(manifest);
  }

  private void write(Manifest manifest) throws IOException {
    put("{\n");
    string(ManifestFields.FORMAT, ManifestFields.FORMAT_VALUE);
    number(ManifestFields.VERSION, Manifest.VERSION);
    number(ManifestFields.SIZE, manifest.size());
    number(ManifestFields.CHUNK_SIZE, manifest.chunkSize());
    string(ManifestFields.COMPRESSION, manifest.compression().label());
    string(ManifestFields.CIPHER, Manifest.CIPHER);
    string(ManifestFields.MERKLE_ROOT, StrictHex.format(manifest.merkleRoot()));
    string(ManifestFields.CONTENT, manifest.content().label());
    number(ManifestFields.REPLICAS, manifest.replicas());
    generations(manifest.generations());
    chunks(manifest.chunks());
    put(
        "  \""
            + ManifestFields.CHECKSUM
            + "\": \""
            + StrictHex.format(manifest.checksum())
            + "\"\n}\n");
    out.flush();
  }

  private void generations(List<Generation> generations) throws IOException {
    if (generations.isEmpty()) {
      return;
    }
    put("  \"" + ManifestFields.GENERATIONS + "\": [");
    String separator = "\n";
    for (Generation generation : generations) {
      put(separator + "    {\"" + ManifestFields.KEY + "\": \"");
      put(StrictHex.format(generation.key().toBytes()));
      put("\", \"" + ManifestFields.DELETE_KEY + "\": \"");
      put(StrictHex.format(generation.deleteKey().toBytes()));
      put("\"}");
      separator = ",\n";
    }
    put("\n  ],\n");
  }

  private void chunks(ChunkTable chunks) throws IOException {
    put("  \"" + ManifestFields.CHUNKS + "\": [");
    for (int i = 0; i < chunks.size(); i++) {
      put(i == 0 ? "\n    \"" : ",\n    \"");
      put(ChunkEntry.format(chunks, i));
      put("\"");
    }
    put(chunks.size() == 0 ? "],\n" : "\n  ],\n");
  }

  private void string(String name, String value) throws IOException {
    put("  \"" + name + "\": \"" + value + "\",\n");
  }

  private void number(String name, long value) throws IOException {
    put("  \"" + name + "\": " + value + ",\n");
  }

  private void put(String ascii) throws IOException {
    out.write(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
