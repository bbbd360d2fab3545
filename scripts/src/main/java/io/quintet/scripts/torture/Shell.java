package io.quintet.scripts.torture;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Small programs of the system: `mount`, `kill` and their kind.
final class Shell {
  private static final long SECONDS_MAX = 60;

  private Shell() {}

  /// Runs a program that must succeed.
  static void run(String... command) throws IOException {
    String said = output(command);
    assert said != null;
  }

  /// The same.
  ///
  /// @return what it said
  static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!ended(process) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
    return said;
  }

  /// Whether `process` ends within the time that any of them may take.
  static boolean ended(Process process) throws IOException {
    try {
      return process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a process");
    }
  }

  /// Why these programs cannot be used as root on this machine; empty when they can.
  static Optional<String> obstacle(String... programs) {
    if (!System.getProperty("user.name", "").equals("root")) {
      return Optional.of("only root may do this");
    }
    for (String program : programs) {
      boolean there =
          List.of("/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/").stream()
              .anyMatch(folder -> new File(folder + program).canExecute());
      if (!there) {
        return Optional.of(program + " is not installed");
      }
    }
    return Optional.empty();
  }
}
