package io.quintet.manifest;

/// A value that no manifest may hold, found while one was built. It knows the JSON path, so that
/// the reader can name the place in the text.
final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  /// @param path the JSON path of the value, such as `$.chunks[17]`
  /// @param found the value, shortened, never a secret
  /// @param expected what would be right
  InvalidValueException(String path, String found, String expected) {
    super(path + ": " + problem(found, expected));
    this.path = path;
    this.problem = problem(found, expected);
  }

  private static String problem(String found, String expected) {
    return found + " (expected: " + expected + ")";
  }

  String path() {
    return path;
  }

  String problem() {
    return problem;
  }
}
