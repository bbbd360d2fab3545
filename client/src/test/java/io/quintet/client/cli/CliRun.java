package io.quintet.client.cli;

import io.quintet.client.progress.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One run of the command line within the test's process, with everything that it printed.
record CliRun(int exitCode, String out, String err) {
  static CliRun of(Backend backend, Path stateDirectory, String... args) {
    return of(backend, stateDirectory, Terminal.NONE, args);
  }

  static CliRun of(Backend backend, Path stateDirectory, Terminal terminal, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CliContext context =
        new CliContext(terminal, stateDirectory, () -> backend, new Interruption());
    QuintetCommandLine line = QuintetCommandLine.of(context, List.of());
    line.picocli().setOut(new PrintWriter(out));
    line.picocli().setErr(new PrintWriter(err));
    return new CliRun(line.execute(args), out.toString(), err.toString());
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
