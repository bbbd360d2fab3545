package io.quintet.client.cli;

import io.quintet.client.StateDirectory;
import io.quintet.client.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Keeps the technical details of the last unexpected error for a bug report, in one file that only
/// the user can read.
final class ErrorLog {
  private static final String NAME = "last-error.log";
  private static final int CAUSES_MAX = 20;

  private ErrorLog() {}

  /// Writes the details.
  ///
  /// @return advice for the user: where the details are, or why there are none
  static String write(Path stateDirectory, Throwable error) {
    String details =
        "quintet " + Version.current() + ", Java " + Runtime.version() + "\n" + describe(error);
    Path log = stateDirectory.resolve(NAME);
    try {
      StateDirectory.create(stateDirectory);
      // A temporary file is made 0600 and unguessable, so nobody can have put a link in its place.
      Path temporary = Files.createTempFile(stateDirectory, "error", ".tmp");
      Files.writeString(temporary, details);
      Files.move(temporary, log, StandardCopyOption.REPLACE_EXISTING);
      return "this is a bug; please report it with the details in " + log;
    } catch (IOException e) {
      return "this is a bug; its details could not be written to " + log;
    }
  }

  private static String describe(Throwable error) {
    StringBuilder text = new StringBuilder();
    Throwable current = error;
    for (int depth = 0; current != null && depth < CAUSES_MAX; depth++) {
      text.append(depth == 0 ? "" : "caused by: ").append(current).append('\n');
      for (StackTraceElement frame : current.getStackTrace()) {
        text.append("  at ").append(frame).append('\n');
      }
      current = current.getCause();
    }
    return text.toString();
  }
}
