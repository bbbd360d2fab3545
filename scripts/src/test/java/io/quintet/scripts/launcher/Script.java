package io.quintet.scripts.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end, with an environment that holds nothing but what is given.
record Script(Path folder, Map<String, String> environment) {
  private static final long SECONDS_MAX = 120;

  /// How a program ended and what it wrote.
  record Outcome(int exit, String out, String err) {}

  Outcome run(Path output, List<String> command) throws IOException, InterruptedException {
    return start(output, command).outcome();
  }

  /// Starts it; what it writes goes to files, so that nothing waits for a reader.
  Running start(Path output, List<String> command) throws IOException {
    Path out = Files.createTempFile(output, "run", ".out");
    Path err = Files.createTempFile(output, "run", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Running(process, out, err);
  }

  /// A program that may still run.
  record Running(Process process, Path out, Path err) {
    Outcome outcome() throws IOException, InterruptedException {
      boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      assertTrue(ended, () -> "still running after " + SECONDS_MAX + " s: " + process.info());
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }
}
