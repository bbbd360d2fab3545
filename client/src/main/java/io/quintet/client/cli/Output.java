package io.quintet.client.cli;

import io.quintet.client.progress.JsonLine;
import io.quintet.client.progress.JsonProgress;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.progress.Terminal;
import io.quintet.client.progress.TextProgress;
import java.io.PrintWriter;
import java.util.function.Function;

/// Where a command prints, and in which of the two forms: text for people (results on standard
/// output, everything else on standard error), or JSON lines for programs.
///
/// @param out results, and all JSON
/// @param json whether JSON was asked for
public record Output(PrintWriter out, PrintWriter err, Terminal terminal, boolean json) {
  /// The same for a command whose standard output carries a file's bytes: results and JSON go to
  /// standard error.
  public Output withoutStandardOutput() {
    return new Output(err, err, terminal, json);
  }

  /// Runs a transfer with a progress display of the right form, which is removed at its end.
  public <T> T withProgress(Function<ProgressListener, T> transfer) {
    if (json) {
      return transfer.apply(new JsonProgress(out));
    }
    try (TextProgress progress = new TextProgress(err, terminal, System::nanoTime)) {
      return transfer.apply(progress);
    }
  }

  /// Prints a result or an event in the form that was asked for.
  public void print(JsonLine object, String text) {
    if (json) {
      object.writeTo(out);
      out.println();
    } else {
      out.println(text);
    }
    out.flush();
  }

  /// Prints two lines for people: what is wrong, and what to do. Nothing as JSON, where the result
  /// object says it.
  public void caution(String wrong, String advice) {
    if (!json) {
      FailureText.print(err, wrong, advice);
    }
  }
}
