package io.quintet.manifest;

import java.io.IOException;

/// A text is not a manifest that this version can use. The message names the place, the value and
/// what was expected; it never holds secrets.
public final class ManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  /// What the owner may do about it.
  public enum Kind {
    /// Not a manifest, or no longer the one that was written: get a good copy.
    DAMAGED,
    /// A manifest of a later version of the format: get a later version of the program.
    NEWER_VERSION,
    /// Larger than any manifest: this is another file.
    TOO_LARGE
  }

  private final Kind kind;
  private final String path;
  private final String problem;

  /// @param path the JSON path of the value that is wrong
  /// @param problem the value, shortened and never a secret, and what was expected
  ManifestException(Kind kind, String path, String problem) {
    this.kind = kind;
    this.path = path;
    this.problem = problem;
  }

  /// The path and the problem.
  @Override
  public String getMessage() {
    return path + ": " + problem;
  }

  /// What the owner may do.
  public Kind kind() {
    return kind;
  }

  /// Where it went wrong, as a JSON path such as `$.chunks[17]`; `$` is the whole text.
  public String path() {
    return path;
  }

  /// What went wrong there: the message without the path.
  public String problem() {
    return problem;
  }
}
