package io.quintet.scripts.torture;

/// A node did not keep what it promised; the message says which promise and how to see it.
final class BrokenPromiseException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenPromiseException(String message) {
    super(message);
  }
}
