package io.quintet.manifest;

import io.quintet.manifest.ManifestException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Lets through what can be the text of a manifest: ASCII, and not too much of it.
///
/// A JSON parser guesses the encoding of what it reads and is lenient about broken UTF-8. A
/// manifest has no use for anything beyond ASCII, so byte order marks, UTF-16, overlong forms and
/// unpaired surrogates are all refused by one comparison. What comes before the offending byte is
/// let through first, so that a manifest of a newer version, which may allow more, is known by its
/// first line.
final class AsciiInput extends FilterInputStream {
  private static final String EXPECTED = " (expected: JSON in ASCII)";

  private static final int NONE = -1;

  private final long bytesMax;
  private long bytesRead;
  private int badByte = NONE;

  AsciiInput(InputStream in, long bytesMax) {
    super(in);
    this.bytesMax = bytesMax;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    failOnBadByte();
    int count = super.read(target, offset, length);
    int good = 0;
    while (good < count && isText(target[offset + good])) {
      good++;
    }
    bytesRead += good;
    if (bytesRead > bytesMax) {
      throw new ManifestException(
          Kind.TOO_LARGE, "$", "more than " + bytesMax + " bytes (expected: a manifest)");
    }
    if (good < count) {
      badByte = Byte.toUnsignedInt(target[offset + good]);
      if (good == 0) {
        failOnBadByte();
      }
    }
    return count <= 0 ? count : good;
  }

  private static boolean isText(byte b) {
    return (b >= ' ' && b <= '~') || b == '\n' || b == '\r' || b == '\t';
  }

  private void failOnBadByte() throws ManifestException {
    if (badByte != NONE) {
      throw new ManifestException(
          Kind.DAMAGED,
          "$",
          String.format("byte 0x%02x at offset %d", badByte, bytesRead) + EXPECTED);
    }
  }
}
