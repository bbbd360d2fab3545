package io.quintet.manifest.blob;

import java.util.HexFormat;

/// The one spelling of binary values in text: lower-case hex digits, two per byte, nothing else.
///
/// [HexFormat] alone would accept capitals too, and one value must have one spelling.
public final class StrictHex {
  private static final HexFormat HEX = HexFormat.of();

  private StrictHex() {}

  /// Whether `text` is exactly `byteCount` bytes in lower-case hex.
  public static boolean matches(String text, int byteCount) {
    if (text.length() != 2 * byteCount) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// The bytes of `text`.
  ///
  /// @param what what the text stands for, for the message; the text itself is not in the message,
  ///   because it may be a secret
  /// @throws IllegalArgumentException unless [#matches]
  public static byte[] parse(String what, String text, int byteCount) {
    if (!matches(text, byteCount)) {
      throw new IllegalArgumentException(
          what
              + ": "
              + text.length()
              + " characters (expected: "
              + 2 * byteCount
              + " lower-case hex digits)");
    }
    return HEX.parseHex(text);
  }

  /// `bytes` in lower-case hex.
  public static String format(byte[] bytes) {
    return HEX.formatHex(bytes);
  }
}
