package io.quintet.manifest;

/// What the stored bytes are, so that they can be put back as what they were.
public enum Content {
  /// The bytes of one file, or of a stream.
  FILE(0, "file"),
  /// A directory, as one tar stream.
  TAR(1, "tar");

  private final byte code;
  private final String label;

  Content(int code, String label) {
    this.code = (byte) code;
    this.label = label;
  }

  /// The byte in the checksum's encoding. The numbers are frozen.
  byte code() {
    return code;
  }

  /// The name in manifests. The names are frozen.
  public String label() {
    return label;
  }

  /// All names, for messages.
  static String labels() {
    return FILE.label + ", " + TAR.label;
  }

  /// The content of this name.
  ///
  /// @throws IllegalArgumentException when there is none
  public static Content fromLabel(String label) {
    for (Content content : values()) {
      if (content.label.equals(label)) {
        return content;
      }
    }
    String shown = label.length() <= 20 ? label : label.substring(0, 20) + "...";
    throw new IllegalArgumentException(
        "content: '" + shown + "' (expected: one of " + labels() + ")");
  }
}
