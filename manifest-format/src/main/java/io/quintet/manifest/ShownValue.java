package io.quintet.manifest;

/// How a value of a manifest appears in an error: short, printable, on one line.
final class ShownValue {
  private static final int LENGTH_MAX = 12;

  private ShownValue() {}

  /// The beginning of `text` in quotes, with its length when it is cut; unprintable characters
  /// become `?`.
  static String of(String text) {
    StringBuilder shown = new StringBuilder("'");
    for (int i = 0; i < Math.min(text.length(), LENGTH_MAX); i++) {
      char c = text.charAt(i);
      shown.append(c >= ' ' && c <= '~' ? c : '?');
    }
    if (text.length() > LENGTH_MAX) {
      shown.append("...' of ").append(text.length()).append(" characters");
    } else {
      shown.append('\'');
    }
    return shown.toString();
  }
}
