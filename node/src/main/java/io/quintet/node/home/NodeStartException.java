package io.quintet.node.home;

/// A node cannot start, and a person can do something about it: two lines, what failed and what to
/// do.
public final class NodeStartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String advice;

  /// @param failed what failed, on what: one line without a final full stop
  /// @param advice what to do about it: one line
  public NodeStartException(String failed, String advice) {
    super(failed);
    this.advice = advice;
  }

  /// The same, with the technical cause for the log.
  public NodeStartException(String failed, String advice, Throwable cause) {
    super(failed, cause);
    this.advice = advice;
  }

  /// What to do about it.
  public String advice() {
    return advice;
  }
}
