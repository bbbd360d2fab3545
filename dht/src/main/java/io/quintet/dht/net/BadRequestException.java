package io.quintet.dht.net;

/// What another process sent is not what the protocol says. Names the place, the value (shortened)
/// and the expectation.
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int VALUE_CHARS_MAX = 80;

  private final String jsonPath;
  private final String value;
  private final String expectation;

  /// @param jsonPath where in the document, `$` for the whole
  /// @param value what was there; shortened, and stripped of what is not printable ASCII
  /// @param expectation what should have been there
  public BadRequestException(String jsonPath, String value, String expectation) {
    this(jsonPath, expectation, Shown.of(value, VALUE_CHARS_MAX), 0);
  }

  private BadRequestException(String jsonPath, String expectation, String shown, int ignored) {
    super(jsonPath + ": " + shown + " (expected: " + expectation + ")", null, false, false);
    this.jsonPath = jsonPath;
    this.value = shown;
    this.expectation = expectation;
  }

  /// Where in the document.
  public String jsonPath() {
    return jsonPath;
  }

  /// What was there, fit to be shown.
  public String value() {
    return value;
  }

  /// What should have been there.
  public String expectation() {
    return expectation;
  }
}
