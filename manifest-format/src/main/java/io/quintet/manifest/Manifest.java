package io.quintet.manifest;

import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.merkle.MerkleTree;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All that is needed to find, decrypt and check a stored file or directory.
///
/// Immutable, and valid as a whole: what is constructed keeps every rule of the format, so readers
/// of its values need no checks of their own. Holds secrets, unless it is [#isRedacted].
public final class Manifest {
  /// The version of the format that this code writes, and the newest that it reads.
  public static final int VERSION = 1;

  /// How every blob is encrypted, the only way of this version.
  public static final String CIPHER = "AES-256-GCM";

  /// The most generations that one manifest lists.
  public static final int GENERATIONS_MAX = ChunkTable.GENERATIONS_MAX;

  private final long size;
  private final int chunkSize;
  private final Compression compression;
  private final byte[] merkleRoot;
  private final Content content;
  private final int replicas;
  private final List<Generation> generations;
  private final ChunkTable chunks;
  private final byte[] checksum;

  private Manifest(Builder builder) {
    size = builder.size;
    chunkSize = builder.chunkSize;
    compression = Objects.requireNonNull(builder.compression, "compression");
    merkleRoot = Objects.requireNonNull(builder.merkleRoot, "merkleRoot").clone();
    content = Objects.requireNonNull(builder.content, "content");
    replicas = builder.replicas;
    generations = List.copyOf(builder.generations);
    chunks = Objects.requireNonNull(builder.chunks, "chunks");
    checkNumbers();
    checkMerkleRoot();
    checkGenerations();
    checksum = ManifestChecksum.of(this);
  }

  private void checkNumbers() {
    if (size < 0 || size > Chunks.FILE_BYTES_MAX) {
      throw new InvalidValueException("$.size", "" + size, "0.." + Chunks.FILE_BYTES_MAX);
    }
    if (chunkSize != Chunks.SIZE_BYTES) {
      throw new InvalidValueException("$.chunkSize", "" + chunkSize, "" + Chunks.SIZE_BYTES);
    }
    if (replicas < BlobHeader.REPLICAS_MIN || replicas > BlobHeader.REPLICAS_MAX) {
      throw new InvalidValueException(
          "$.replicas", "" + replicas, BlobHeader.REPLICAS_MIN + ".." + BlobHeader.REPLICAS_MAX);
    }
    int count = Chunks.count(size);
    if (chunks.size() != count) {
      throw new InvalidValueException(
          "$.chunks", chunks.size() + " chunks", count + " for " + size + " bytes");
    }
  }

  private void checkMerkleRoot() {
    if (merkleRoot.length != MerkleTree.HASH_BYTES) {
      throw new InvalidValueException(
          "$.merkleRoot", merkleRoot.length + " bytes", "" + MerkleTree.HASH_BYTES);
    }
    if (size == 0 && !Arrays.equals(merkleRoot, MerkleTree.emptyRoot())) {
      throw new InvalidValueException(
          "$.merkleRoot",
          "that of a file with bytes",
          HexFormat.of().formatHex(MerkleTree.emptyRoot()) + " for 0 bytes");
    }
  }

  private void checkGenerations() {
    if (generations.size() > GENERATIONS_MAX) {
      throw new InvalidValueException(
          "$.generations", generations.size() + " generations", "1.." + GENERATIONS_MAX);
    }
    if (isRedacted() || chunks.generationMax() < generations.size()) {
      return;
    }
    for (int i = 0; i < chunks.size(); i++) {
      if (chunks.generation(i) >= generations.size()) {
        throw new InvalidValueException(
            "$.chunks[" + i + "]",
            "generation " + chunks.generation(i),
            "0.." + (generations.size() - 1));
      }
    }
  }

  /// How many bytes were stored: those of the file, or of the tar stream.
  public long size() {
    return size;
  }

  /// Length of every chunk but the last: always [Chunks#SIZE_BYTES] in this version.
  public int chunkSize() {
    return chunkSize;
  }

  /// How the chunks were compressed; each blob says for itself whether it was.
  public Compression compression() {
    return compression;
  }

  /// The RFC 6962 root over the plain chunks, 32 bytes; the caller owns the array.
  public byte[] merkleRoot() {
    return merkleRoot.clone();
  }

  /// What the stored bytes are.
  public Content content() {
    return content;
  }

  /// How many replicas of each chunk the owner wants.
  public int replicas() {
    return replicas;
  }

  /// The secrets: first those of the upload that made this manifest, then those of earlier ones
  /// that chunks were taken over from. Empty when they were removed.
  public List<Generation> generations() {
    return generations;
  }

  /// The chunks in order.
  public ChunkTable chunks() {
    return chunks;
  }

  /// Whether the secrets were removed: the chunks can be counted, audited and repaired, not read.
  public boolean isRedacted() {
    return generations.isEmpty();
  }

  /// The same without secrets, safe to hand to whoever watches over the chunks.
  public Manifest redacted() {
    return toBuilder().generations(List.of()).build();
  }

  /// SHA-256 over all values, 32 bytes, the last field of the text; the caller owns the array.
  public byte[] checksum() {
    return checksum.clone();
  }

  private Builder toBuilder() {
    return new Builder()
        .size(size)
        .chunkSize(chunkSize)
        .compression(compression)
        .merkleRoot(merkleRoot)
        .content(content)
        .replicas(replicas)
        .generations(generations)
        .chunks(chunks);
  }

  /// Whether both say the same, secrets included.
  @Override
  public boolean equals(Object other) {
    return other instanceof Manifest manifest
        && Arrays.equals(checksum, manifest.checksum)
        && generations.equals(manifest.generations)
        && chunks.equals(manifest.chunks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(checksum);
  }

  /// Names sizes only, no secrets.
  @Override
  public String toString() {
    return "Manifest[size="
        + size
        + ", chunks="
        + chunks.size()
        + ", content="
        + content.label()
        + ", compression="
        + compression.label()
        + ", replicas="
        + replicas
        + ", generations="
        + generations.size()
        + "]";
  }

  /// Collects the values of a manifest; all checks are made by [#build]. Owned by one thread.
  public static final class Builder {
    private long size = -1;
    private int chunkSize = Chunks.SIZE_BYTES;
    private @Nullable Compression compression;
    private byte @Nullable [] merkleRoot;
    private @Nullable Content content;
    private int replicas = BlobHeader.REPLICAS_DEFAULT;
    private List<Generation> generations = List.of();
    private @Nullable ChunkTable chunks;

    /// Starts with the defaults: [Chunks#SIZE_BYTES], [BlobHeader#REPLICAS_DEFAULT], and no
    /// generations. All else must be set.
    public Builder() {}

    /// Sets [Manifest#size]: 0 to [Chunks#FILE_BYTES_MAX].
    public Builder size(long size) {
      this.size = size;
      return this;
    }

    /// Sets [Manifest#chunkSize].
    public Builder chunkSize(int chunkSize) {
      this.chunkSize = chunkSize;
      return this;
    }

    /// Sets [Manifest#compression].
    public Builder compression(Compression compression) {
      this.compression = compression;
      return this;
    }

    /// Sets [Manifest#merkleRoot]: 32 bytes, copied by [#build].
    public Builder merkleRoot(byte[] merkleRoot) {
      this.merkleRoot = merkleRoot;
      return this;
    }

    /// Sets [Manifest#content].
    public Builder content(Content content) {
      this.content = content;
      return this;
    }

    /// Sets [Manifest#replicas]: [BlobHeader#REPLICAS_MIN] to [BlobHeader#REPLICAS_MAX].
    public Builder replicas(int replicas) {
      this.replicas = replicas;
      return this;
    }

    /// Sets [Manifest#generations]: empty for a redacted manifest, at most [#GENERATIONS_MAX].
    public Builder generations(List<Generation> generations) {
      this.generations = generations;
      return this;
    }

    /// Sets [Manifest#chunks]: as many as [Chunks#count] says for the size.
    public Builder chunks(ChunkTable chunks) {
      this.chunks = chunks;
      return this;
    }

    /// The manifest, checked as a whole.
    ///
    /// @throws IllegalArgumentException naming the JSON path of the first value that is wrong
    /// @throws NullPointerException naming what was never set
    public Manifest build() {
      return new Manifest(this);
    }
  }
}
