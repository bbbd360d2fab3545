package io.quintet.client;

/// A failure that a person can act on: two lines (what failed, what to do) and an exit code. It
/// never holds keys or plaintext.
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String advice;

  /// @param failed what failed, on what: one line without a final full stop
  /// @param advice what to do about it: one line
  public UserException(ExitCode exitCode, String failed, String advice) {
    super(failed);
    this.exitCode = exitCode;
    this.advice = advice;
  }

  /// The same, keeping the technical cause for debug logs.
  public UserException(ExitCode exitCode, String failed, String advice, Throwable cause) {
    super(failed, cause);
    this.exitCode = exitCode;
    this.advice = advice;
  }

  /// How the process ends.
  public ExitCode exitCode() {
    return exitCode;
  }

  /// What to do about it.
  public String advice() {
    return advice;
  }
}
