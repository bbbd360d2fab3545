package io.quintet.scripts.namespaces;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the machine's own programs.
final class Tool {
  private static final long LIMIT_SECONDS = 30;

  private Tool() {}

  /// What a program said, standard error included.
  record Said(int exitCode, String text) {}

  /// Runs a program to its end.
  static Said run(List<String> command) throws IOException, InterruptedException {
    return run(command, "");
  }

  /// Runs a program that reads `input`.
  ///
  /// @throws IOException when it is not there, or does not end in time
  static Said run(List<String> command, String input) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      byte[] text = process.getInputStream().readAllBytes();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("does not end: " + command);
      }
      return new Said(process.exitValue(), new String(text, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  /// Runs a program that must succeed.
  static String must(List<String> command, String input) throws IOException, InterruptedException {
    Said said = run(command, input);
    if (said.exitCode() != 0) {
      throw new IOException(command + " ended with " + said.exitCode() + ": " + said.text());
    }
    return said.text();
  }
}
