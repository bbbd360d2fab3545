package io.quintet.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole command tree, nodes included, starts without what only servers and transfers need.
class SmallCommandsIT {
  private static final List<String> HEAVY =
      List.of("io.vertx.", "io.netty.", "com.google.crypto.", "com.fasterxml.", "ch.qos.logback.");

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "node --help", "demo --help", "cluster"})
  void loadNoHeavyLibrary(String line, @TempDir Path dir) throws Exception {
    Path classes = dir.resolve("classes");
    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/sh", "-c", "exec \"$0\" " + line, System.getProperty("quintet.launcher"))
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("output").toFile());
    builder.environment().put("QUINTET_AOT", "off");
    builder.environment().put("QUINTET_JAVA_OPTS", "-Xlog:class+load:file=" + classes);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "took too long");
    } finally {
      process.destroyForcibly();
    }
    List<String> loaded =
        Files.readString(classes, StandardCharsets.ISO_8859_1)
            .lines()
            .map(text -> text.replaceFirst("^(\\[[^\\]]*\\])+ ", "").replaceFirst(" .*", ""))
            .toList();
    assertTrue(loaded.contains("io.quintet.scripts.Quintet"), "the log has classes");
    assertEquals(
        List.of(),
        loaded.stream().filter(name -> HEAVY.stream().anyMatch(name::startsWith)).toList());
  }
}
