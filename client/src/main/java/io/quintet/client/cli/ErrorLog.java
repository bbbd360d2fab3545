package io.quintet.client.cli;

import io.quintet.client.StateDirectory;
import io.quintet.client.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Keeps the technical details of the last unexpected error for a bug report, in one file that only
/// the user can read.
final class ErrorLog {
  private static final String NAME = "last-error.log";

  private ErrorLog() {}

  /// Writes the details.
  ///
  /// @return advice for the user: where the details are, or why there are none
  static String write(Path stateDirectory, Throwable error) {
    StringWriter text = new StringWriter();
    PrintWriter details = new PrintWriter(text);
    details.println("quintet " + Version.current() + ", Java " + Runtime.version());
    error.printStackTrace(details);
    Path log = stateDirectory.resolve(NAME);
    try {
      StateDirectory.create(stateDirectory);
      // A temporary file is made 0600 and unguessable, so nobody can have put a link in its place.
      Path temporary = Files.createTempFile(stateDirectory, "error", ".tmp");
      Files.writeString(temporary, text.toString());
      Files.move(temporary, log, StandardCopyOption.REPLACE_EXISTING);
      return "this is a bug; please report it with the details in " + log;
    } catch (IOException e) {
      return "this is a bug; its details could not be written to " + log;
    }
  }
}
