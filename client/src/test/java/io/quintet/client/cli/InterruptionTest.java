package io.quintet.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A signal to a real process. SIGTERM stands for Ctrl-C here, because a test's environment may
/// ignore SIGINT; both take the same way, only the exit code differs.
class InterruptionTest {
  private static final int SIGTERM_EXIT_CODE = 143;

  @ParameterizedTest
  @CsvSource({
    "explains, quintet: stopped on request, b.partial stays",
    "fails, quintet: interrupted before the end, run the same command again; what nodes already"
        + " keep is not sent twice"
  })
  void workIsLeftInOrderAndTheUserToldInTwoLines(
      String mode, String failed, String advice, @TempDir Path dir) throws Exception {
    Path tidied = dir.resolve("tidied");
    Path err = dir.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                mode,
                tidied.toString())
            .redirectError(err.toFile())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("working", out.readLine(), Files.readString(err));
      process.destroy();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "took too long");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(SIGTERM_EXIT_CODE, process.exitValue());
    assertTrue(Files.exists(tidied), "the working thread had time to tidy up");
    assertEquals(List.of(failed, "  " + advice), Files.readAllLines(err));
  }

  /// A `get` that waits for ever and tidies up when it is interrupted.
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      ScriptedBackend backend = new ScriptedBackend();
      backend.work = () -> work(args[0], Path.of(args[1]));
      CliContext real = CliContext.ofThisProcess();
      CliContext context =
          new CliContext(
              real.terminal(), real.stateDirectory(), () -> backend, real.interruption());
      System.exit(QuintetCommandLine.of(context, List.of()).execute("get", "a.manifest"));
    }

    private static void work(String mode, Path tidied) {
      System.out.println("working");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        CliRun.write(tidied, "");
        Thread.currentThread().interrupt();
        throw mode.equals("explains")
            ? new UserException(ExitCode.INTERRUPTED, "stopped on request", "b.partial stays", e)
            : new IllegalStateException("internal", e);
      }
    }
  }
}
