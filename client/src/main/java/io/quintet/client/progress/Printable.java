package io.quintet.client.progress;

/// Text from elsewhere (a node, a path, an argument) made safe for a terminal: no control character
/// can move the cursor, change colours or forge a second line.
public final class Printable {
  private Printable() {}

  /// The text with each control, format and line-separator character replaced by `?`, on one line.
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> safe.appendCodePoint(isSafe(c) ? c : '?'));
    return safe.toString();
  }

  /// The same, cut to at most `lengthMax` characters.
  public static String of(String text, int lengthMax) {
    String cut = text.length() <= lengthMax ? text : text.substring(0, lengthMax - 1) + "…";
    return of(cut);
  }

  private static boolean isSafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
