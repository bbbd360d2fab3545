package io.quintet.scripts.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.scripts.launcher.Script.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher with a real JVM and the real jars: whatever state its cache is in, the terminal
/// stays clean.
class RealStartIT {
  /// A command that may use the cache, and fails in two lines of its own: nothing listens there.
  private static final String[] NOBODY = {"status", "http://127.0.0.1:1"};

  @TempDir Path scratch;

  @Test
  void helpWritesNothingToStandardError() throws Exception {
    Outcome outcome = quintet("off", "--help");
    assertEquals("", outcome.err());
    assertEquals(0, outcome.exit());
    assertTrue(outcome.out().contains("put"), outcome.out());
  }

  @Test
  void aCacheForOtherFlagsAndADamagedOneArePassedOverInSilence() throws Exception {
    final Outcome expected = quintet("off", NOBODY);
    assertEquals(3, expected.exit(), expected.err());
    assertEquals(expected, quintet("on", NOBODY));
    Path cache = awaitCache();
    assertEquals(expected, quintet("on", NOBODY));
    Map<String, String> others = Map.of("QUINTET_JAVA_OPTS", "-XX:+UseParallelGC -XX:-UseSerialGC");
    assertEquals(expected, run("on", others, NOBODY));
    long size = Files.size(cache);
    for (long keep : new long[] {size / 2, 100, 1}) {
      try (FileChannel channel = FileChannel.open(cache, StandardOpenOption.WRITE)) {
        channel.truncate(keep);
      }
      assertEquals(expected, quintet("on", NOBODY), "cut to " + keep + " bytes");
    }
    Files.write(cache, new byte[1 << 20]);
    assertEquals(expected, quintet("on", NOBODY), "zeros");
  }

  private Outcome quintet(String aot, String... arguments) throws Exception {
    return run(aot, Map.of(), arguments);
  }

  private Outcome run(String aot, Map<String, String> more, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("XDG_CACHE_HOME", scratch.resolve("cache").toString());
    environment.put("QUINTET_AOT", aot);
    environment.putAll(more);
    String launcher = System.getProperty("quintet.launcher");
    List<String> command = Stream.concat(Stream.of(launcher), Stream.of(arguments)).toList();
    return new Script(scratch, environment).run(scratch, command);
  }

  private Path awaitCache() throws Exception {
    Path folder = scratch.resolve("cache/quintet");
    String loop = "until compgen -G '%s/*.aot'; do sleep 0.1; done".formatted(folder);
    Outcome waited =
        new Script(scratch, Map.of("PATH", System.getenv("PATH")))
            .run(scratch, List.of("timeout", "110", "bash", "-c", loop));
    assertEquals(0, waited.exit(), () -> "no cache was made; see " + folder.resolve("aot.log"));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> caches = files.filter(file -> file.toString().endsWith(".aot")).toList();
      assertFalse(caches.isEmpty());
      return caches.getFirst();
    }
  }
}
