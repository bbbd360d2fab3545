package io.quintet.client.cli;

import io.quintet.client.progress.Printable;
import java.io.PrintWriter;

/// How a failure looks to people: two lines, what failed and what to do.
final class FailureText {
  private FailureText() {}

  static void print(PrintWriter err, String failed, String advice) {
    err.println("quintet: " + Printable.of(failed));
    err.println("  " + Printable.of(advice));
    err.flush();
  }
}
