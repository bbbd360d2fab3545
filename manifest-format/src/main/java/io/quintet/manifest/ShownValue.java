package io.quintet.manifest;

/// How a text from a manifest appears in an error: short, printable, and never a secret, not even
/// one that damage has put into the place of a harmless value.
final class ShownValue {
  /// A key in hex is longer, and what people write is mostly shorter.
  private static final int LENGTH_MAX = 16;

  private ShownValue() {}

  /// A short `text` in quotes, with `?` for unprintable characters; of a longer one only its
  /// length.
  static String of(String text) {
    if (text.length() > LENGTH_MAX) {
      return "a string of " + text.length() + " characters";
    }
    StringBuilder shown = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return shown.append('\'').toString();
  }
}
