package io.quintet.scripts;

import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.Interruption;
import io.quintet.client.cli.LiveBackend;
import io.quintet.client.cli.QuintetCommandLine;
import io.quintet.client.progress.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/// One run of the whole command line within the test's process, with everything that it printed.
public record CommandRun(int exitCode, String out, String err) {
  /// Runs `args`.
  public static CommandRun of(Path stateDirectory, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    QuintetCommandLine line =
        Quintet.commandLine(
            new CliContext(Terminal.NONE, stateDirectory, LiveBackend::new, new Interruption()));
    line.picocli().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new CommandRun(line.execute(args), out.toString(), err.toString());
  }

  /// What went to standard error.
  public List<String> errLines() {
    return err.lines().toList();
  }
}
