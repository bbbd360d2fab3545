package io.quintet.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A command that does nothing on the network must start at once, so it may not load what the
/// others need. The Java runtime itself tells which classes it loaded.
class SmallCommandsStayLightTest {
  private static final List<String> HEAVY =
      List.of("io.vertx.", "io.netty.", "com.google.crypto.", "com.fasterxml.", "ch.qos.logback.");

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "put --help", "get --nonsense", "put", "nodes -h"})
  void loadsNoHeavyLibrary(String line, @TempDir Path dir) throws Exception {
    Path output = dir.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:class+load:file=" + dir.resolve("classes"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(line.split(" ")));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "took too long");
    } finally {
      process.destroyForcibly();
    }
    assertTrue(Files.readString(output).contains("quintet"), Files.readString(output));
    List<String> loaded = loadedClasses(dir.resolve("classes"));
    assertTrue(loaded.stream().anyMatch(name -> name.contains("io.quintet.client.cli.PutCommand")));
    assertEquals(
        List.of(),
        loaded.stream().filter(name -> HEAVY.stream().anyMatch(name::contains)).toList());
  }

  private static List<String> loadedClasses(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.ISO_8859_1)
        .lines()
        .map(text -> text.replaceFirst("^(\\[[^\\]]*\\])+ ", ""))
        .map(text -> text.substring(0, Math.max(0, text.indexOf(" source:"))))
        .toList();
  }

  /// The command line with its real backend, as the composition root builds it.
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      System.exit(QuintetCommandLine.of(CliContext.ofThisProcess(), List.of()).execute(args));
    }
  }
}
