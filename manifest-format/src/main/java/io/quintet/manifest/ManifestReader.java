package io.quintet.manifest;

import io.quintet.manifest.ManifestException.Kind;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.SecretKey;
import io.quintet.manifest.merkle.MerkleTree;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads manifests, and refuses whatever is not exactly one: what it returns is, value for value,
/// what a writer wrote.
///
/// Refused are unknown, repeated and missing fields, numbers that are not plain integers, wrong
/// lengths, capitals in hex, wrong counts, references out of range, text after the end, anything
/// but ASCII, and a checksum that does not match. White space is free, and so is the order of
/// fields, except that `format` and `version` come first: so a manifest of a newer version is known
/// as such before anything in it is judged.
///
/// The text is streamed. Memory is that of the [ChunkTable] and a fixed buffer, and bounded by
/// [#BYTES_MAX] and [Chunks#COUNT_MAX] whatever the text claims.
public final class ManifestReader {
  /// No manifest's text is longer: [Chunks#COUNT_MAX] entries of the longest form, and room for the
  /// rest.
  public static final long BYTES_MAX = 400L << 20;

  private static final List<String> REQUIRED =
      List.of(
          ManifestFields.SIZE,
          ManifestFields.CHUNK_SIZE,
          ManifestFields.COMPRESSION,
          ManifestFields.CIPHER,
          ManifestFields.MERKLE_ROOT,
          ManifestFields.CONTENT,
          ManifestFields.REPLICAS,
          ManifestFields.CHUNKS,
          ManifestFields.CHECKSUM);

  private final JsonInput json;
  private final Manifest.Builder manifest = new Manifest.Builder();
  private final Set<String> seen = new TreeSet<>();
  private byte @Nullable [] checksum;

  private ManifestReader(JsonInput json) {
    this.json = json;
  }

  /// Reads one manifest, to the end of `in`, which is left open.
  ///
  /// @throws ManifestException when the text is not a manifest of a version known here
  /// @throws IOException when the stream fails
  public static Manifest read(InputStream in) throws IOException {
    return read(in, BYTES_MAX);
  }

  static Manifest read(InputStream in, long bytesMax) throws IOException {
    try (JsonInput json = new JsonInput(new AsciiInput(in, bytesMax))) {
      return new ManifestReader(json).read();
    } catch (InvalidValueException e) {
      throw new ManifestException(Kind.DAMAGED, e.path(), e.problem());
    }
  }

  private Manifest read() throws IOException {
    json.beginObject();
    formatAndVersion();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      field(name);
      seen.add(name);
    }
    json.end();
    for (String name : REQUIRED) {
      if (!seen.contains(name)) {
        throw missing("$." + name);
      }
    }
    Manifest read = manifest.build();
    if (!MessageDigest.isEqual(read.checksum(), checksum)) {
      throw new ManifestException(
          Kind.DAMAGED,
          "$." + ManifestFields.CHECKSUM,
          "the checksum of other values (expected: that of the values of this manifest)");
    }
    return read;
  }

  private void formatAndVersion() throws IOException {
    if (!ManifestFields.FORMAT.equals(json.nextField())) {
      throw json.damaged("no format", "the first field to be 'format'");
    }
    constant(ManifestFields.FORMAT_VALUE);
    if (!ManifestFields.VERSION.equals(json.nextField())) {
      throw json.damaged("no version", "the second field to be 'version'");
    }
    long version = json.integer();
    if (version > Manifest.VERSION) {
      throw new ManifestException(
          Kind.NEWER_VERSION, "$.version", version + " (expected: " + Manifest.VERSION + ")");
    }
    if (version < Manifest.VERSION) {
      throw json.damaged("" + version, "" + Manifest.VERSION);
    }
  }

  private void field(String name) throws IOException {
    switch (name) {
      case ManifestFields.SIZE -> manifest.size(json.integer());
      case ManifestFields.CHUNK_SIZE -> manifest.chunkSize(smallInteger());
      case ManifestFields.COMPRESSION -> manifest.compression(compression());
      case ManifestFields.CIPHER -> constant(Manifest.CIPHER);
      case ManifestFields.MERKLE_ROOT -> manifest.merkleRoot(json.hex(MerkleTree.HASH_BYTES));
      case ManifestFields.CONTENT -> manifest.content(content());
      case ManifestFields.REPLICAS -> manifest.replicas(smallInteger());
      case ManifestFields.GENERATIONS -> manifest.generations(generations());
      case ManifestFields.CHUNKS -> manifest.chunks(chunks());
      case ManifestFields.CHECKSUM -> checksum = json.hex(MerkleTree.HASH_BYTES);
      default -> throw json.damaged("an unknown field", "a field of this version");
    }
  }

  private void constant(String expected) throws IOException {
    String text = json.string();
    if (!text.equals(expected)) {
      throw json.damaged(ShownValue.of(text), "'" + expected + "'");
    }
  }

  private int smallInteger() throws IOException {
    long value = json.integer();
    if (value > Integer.MAX_VALUE) {
      throw json.damaged("" + value, "at most " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  private Compression compression() throws IOException {
    String label = json.string();
    for (Compression compression : Compression.values()) {
      if (compression.label().equals(label)) {
        return compression;
      }
    }
    throw json.damaged(ShownValue.of(label), Compression.labels());
  }

  private Content content() throws IOException {
    String label = json.string();
    for (Content content : Content.values()) {
      if (content.label().equals(label)) {
        return content;
      }
    }
    throw json.damaged(ShownValue.of(label), Content.labels());
  }

  private List<Generation> generations() throws IOException {
    List<Generation> generations = new ArrayList<>();
    json.beginArray();
    while (json.nextObject()) {
      if (generations.size() == Manifest.GENERATIONS_MAX) {
        throw json.damaged("one generation more", "at most " + generations.size());
      }
      generations.add(generation());
    }
    if (generations.isEmpty()) {
      throw json.damaged("no generation", "at least 1, or no field 'generations' at all");
    }
    return generations;
  }

  private Generation generation() throws IOException {
    SecretKey key = null;
    SecretKey deleteKey = null;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case ManifestFields.KEY -> key = secretKey();
        case ManifestFields.DELETE_KEY -> deleteKey = secretKey();
        default -> throw json.damaged("an unknown field", "key or deleteKey");
      }
    }
    if (key == null || deleteKey == null) {
      throw json.damaged("a generation that lacks a key", "key and deleteKey");
    }
    return new Generation(key, deleteKey);
  }

  private SecretKey secretKey() throws IOException {
    return SecretKey.fromBytes(json.hex(SecretKey.BYTES));
  }

  private ChunkTable chunks() throws IOException {
    ChunkTable.Builder chunks = new ChunkTable.Builder();
    json.beginArray();
    for (String entry = json.nextString(); entry != null; entry = json.nextString()) {
      ChunkEntry.parse(entry, chunks);
    }
    return chunks.build();
  }

  private static ManifestException missing(String path) {
    return new ManifestException(Kind.DAMAGED, path, "missing (expected: the field)");
  }
}
