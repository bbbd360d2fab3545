package io.quintet.manifest.blob;

import java.util.Arrays;
import java.util.stream.Collectors;

/// How the bytes of a chunk are compressed before they are encrypted.
///
/// In a manifest it is what the upload asked for; the codec byte inside each blob says what was
/// done to that chunk, which is [#NONE] where compression did not help.
public enum Compression {
  /// The bytes as they are.
  NONE(0, "none"),
  /// A zlib stream (RFC 1950).
  ZLIB(1, "zlib"),
  /// An xz stream.
  XZ(2, "xz"),
  /// A Zstandard frame (RFC 8878).
  ZSTD(3, "zstd");

  private static final String LABELS =
      Arrays.stream(values()).map(Compression::label).collect(Collectors.joining(", "));

  private final byte codec;
  private final String label;

  Compression(int codec, String label) {
    this.codec = (byte) codec;
    this.label = label;
  }

  /// The first byte of a blob's plain text. The numbers are frozen.
  public byte codec() {
    return codec;
  }

  /// The name in manifests and on the command line. The names are frozen.
  public String label() {
    return label;
  }

  /// All names, for messages: `none, zlib, ...`.
  public static String labels() {
    return LABELS;
  }

  /// The compression of this name.
  ///
  /// @throws IllegalArgumentException when there is none
  public static Compression fromLabel(String label) {
    for (Compression compression : values()) {
      if (compression.label.equals(label)) {
        return compression;
      }
    }
    String shown = label.length() <= 20 ? label : label.substring(0, 20) + "...";
    throw new IllegalArgumentException(
        "compression: '" + shown + "' (expected: one of " + LABELS + ")");
  }

  /// The compression of this codec byte.
  ///
  /// @throws IllegalArgumentException when there is none
  public static Compression fromCodec(int codec) {
    for (Compression compression : values()) {
      if (compression.codec == codec) {
        return compression;
      }
    }
    throw new IllegalArgumentException(
        "codec: " + codec + " (expected: 0.." + (values().length - 1) + ")");
  }
}
