package io.quintet.manifest;

import io.quintet.manifest.blob.ChunkId;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.SecretKey;
import io.quintet.manifest.blob.Sha256;
import io.quintet.manifest.merkle.MerkleTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Valid manifests of every kind, the same at every call. Their hashes and keys are SHA-256 of
/// names, so that each can be told from the others and made again.
public final class SampleManifests {
  private SampleManifests() {}

  /// Every kind: empty file, one chunk, repeats, several generations, redacted.
  public static List<Manifest> all() {
    return List.of(empty(), oneChunk(), repeats(), takenOver(), takenOver().redacted());
  }

  /// An empty file.
  public static Manifest empty() {
    return new Manifest.Builder()
        .size(0)
        .compression(Compression.ZSTD)
        .content(Content.FILE)
        .merkleRoot(MerkleTree.emptyRoot())
        .generations(List.of(generation(0)))
        .chunks(ChunkTable.empty())
        .build();
  }

  /// A file of one byte.
  public static Manifest oneChunk() {
    return new Manifest.Builder()
        .size(1)
        .compression(Compression.NONE)
        .content(Content.FILE)
        .merkleRoot(hash("root 1"))
        .generations(List.of(generation(0)))
        .chunks(new ChunkTable.Builder().add(id("chunk 0")).build())
        .build();
  }

  /// A directory of four chunks, the last short, two of them equal.
  public static Manifest repeats() {
    return new Manifest.Builder()
        .size(3L * Chunks.SIZE_BYTES + 7)
        .compression(Compression.XZ)
        .content(Content.TAR)
        .replicas(3)
        .merkleRoot(hash("root 4"))
        .generations(List.of(generation(0)))
        .chunks(
            new ChunkTable.Builder()
                .add(id("chunk 0"))
                .add(id("chunk 1"))
                .add(id("chunk 0"), 0, 0)
                .add(id("chunk 3"))
                .build())
        .build();
  }

  /// A file of five full chunks, some from two earlier generations.
  public static Manifest takenOver() {
    return new Manifest.Builder()
        .size(5L * Chunks.SIZE_BYTES)
        .compression(Compression.ZLIB)
        .content(Content.FILE)
        .replicas(20)
        .merkleRoot(hash("root 5"))
        .generations(List.of(generation(0), generation(1), generation(2)))
        .chunks(
            new ChunkTable.Builder()
                .add(id("chunk 0"), 1, 0)
                .add(id("chunk 1"))
                .add(id("chunk 2"), 2, 4_194_303)
                .add(id("chunk 3"), 1, 17)
                .add(id("chunk 1"), 0, 1)
                .build())
        .build();
  }

  /// Secrets that belong to `number`.
  public static Generation generation(int number) {
    return new Generation(
        SecretKey.fromBytes(hash("key " + number)),
        SecretKey.fromBytes(hash("delete key " + number)));
  }

  /// The id that belongs to `name`.
  public static ChunkId id(String name) {
    return ChunkId.fromBytes(hash(name));
  }

  /// SHA-256 of `name`.
  public static byte[] hash(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
  }

  /// What the writer makes of `manifest`.
  public static String write(Manifest manifest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ManifestWriter.write(manifest, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /// What the reader makes of `text`.
  public static Manifest read(String text) throws IOException {
    return ManifestReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
