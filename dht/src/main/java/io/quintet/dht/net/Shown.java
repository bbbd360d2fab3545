package io.quintet.dht.net;

/// Text of strangers, fit to be shown: short, and unable to move a terminal's cursor.
public final class Shown {
  private Shown() {}

  /// The first `charsMax` characters of `text`, everything but printable ASCII as `?`.
  public static String of(String text, int charsMax) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(text.length(), charsMax);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      shown.append(c >= 0x20 && c < 0x7f ? c : '?');
    }
    return end < text.length() ? shown + "..." : shown.toString();
  }
}
