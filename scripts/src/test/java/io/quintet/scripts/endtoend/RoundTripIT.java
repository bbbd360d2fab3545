package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that can be put comes back as it was.
class RoundTripIT {
  private static final int CHUNK = 1 << 20;

  @TempDir static Path dir = Path.of("unset");
  private static Site site;

  @BeforeAll
  static void startNodes() throws Exception {
    site = new Site(dir);
    site.startNodes(5);
  }

  @AfterAll
  static void endNodes() throws Exception {
    for (TestNode node : site.nodes()) {
      node.assertHealthy();
    }
    site.killAll();
  }

  private static JsonNode comesBack(Path file, String... more) throws Exception {
    String[] put = {"put", file.getFileName().toString(), "-o", "m", "--force", "--json"};
    JsonNode stored =
        site.onNetwork(Stream.concat(Stream.of(put), Stream.of(more)).toArray(String[]::new))
            .result(0);
    assertEquals(Files.size(file), stored.path("size").asLong());
    JsonNode restored = site.onNetwork("get", "m", "-o", "out", "--force", "--json").result(0);
    assertEquals(Files.size(file), restored.path("size").asLong());
    Site.assertSame(file, site.path("out"));
    return stored;
  }

  @Test
  void filesAroundTheSizeOfAChunkComeBack() throws Exception {
    for (int size : new int[] {0, 1, CHUNK, CHUNK + 1}) {
      JsonNode stored = comesBack(site.file("sized", size, size));
      assertEquals((size + CHUNK - 1) / CHUNK, stored.path("chunks").asInt());
      assertEquals(5, stored.path("replicas").asInt());
    }
  }

  @Test
  void equalChunksAreStoredOnce() throws Exception {
    Path zeros = Files.write(site.path("zeros"), new byte[20 * CHUNK]);
    JsonNode stored = comesBack(zeros, "--compress", "none");
    assertEquals(20, stored.path("chunks").asInt());
    assertTrue(stored.path("storedBytes").asLong() < 2 * CHUNK, stored.toString());
  }

  @Test
  void everyCompressionComesBackAndDoesItsWork() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 1_200_000; i++) {
      text.append("line ").append(i).append(" of a text\n");
    }
    Path file = Files.writeString(site.path("text"), text);
    for (String method : new String[] {"zstd", "zlib", "xz"}) {
      JsonNode stored = comesBack(file, "--compress", method);
      assertTrue(stored.path("storedBytes").asLong() < 400_000, method + stored);
    }
    JsonNode stored = comesBack(file, "--compress", "none");
    assertTrue(stored.path("storedBytes").asLong() > text.length());
  }

  @Test
  void standardInputComesBackOnStandardOutput() throws Exception {
    Path file = site.file("piped", 2 * CHUNK + 77, 5);
    site.runWithInput(
            file,
            Stream.concat(
                    Stream.of("put", "-", "-o", "piped.manifest"), site.networkOptions().stream())
                .toArray(String[]::new))
        .succeeds();
    Run get = site.onNetwork("get", "piped.manifest", "-o", "-");
    assertEquals(0, get.exitCode(), get::err);
    Site.assertSame(file, get.out());
    Run json = site.onNetwork("get", "piped.manifest", "-o", "-", "--json");
    Site.assertSame(file, json.out());
    assertTrue(json.err().contains("\"event\":\"result\""), json.err());
    // Nothing came in: still a file.
    site.runWithInput(
            Files.write(site.path("nothing"), new byte[0]),
            Stream.concat(
                    Stream.of("put", "-", "-o", "nothing.manifest"), site.networkOptions().stream())
                .toArray(String[]::new))
        .succeeds();
    assertEquals(0, site.onNetwork("get", "nothing.manifest", "-o", "-").out().length);
  }

  @Test
  void closedStandardStreamsAreNoFiles() throws Exception {
    site.redirected("<&-", "put", "-", "-o", "closed.manifest").failsInTwoLines(3);
    assertFalse(Files.exists(site.path("closed.manifest")));
    Path file = site.file("open", CHUNK + 1, 6);
    site.redirected("<&- >&- 2>&-", "put", "open").succeeds();
    site.redirected(">&-", "get", "open.manifest", "-o", "-").failsInTwoLines(3);
    site.redirected("<&- >&- 2>&-", "get", "open.manifest", "-o", "again").succeeds();
    Site.assertSame(file, site.path("again"));
  }

  @Test
  void treeComesBackWithItsNamesLinksModesAndEmptyFolders() throws Exception {
    Path tree = Files.createDirectories(site.path("tree/one/two/three"));
    Path top = site.path("tree");
    Files.write(
        tree.resolve("deep"),
        site.file("bytes", CHUNK + 5, 6).toString().getBytes(StandardCharsets.UTF_8));
    Files.createDirectory(top.resolve("empty"));
    Files.writeString(top.resolve("with space"), "a");
    Files.writeString(top.resolve("new\nline"), "b");
    Files.writeString(top.resolve("Zoë 日本 \uD83D\uDE00"), "c");
    Files.writeString(top.resolve("-o"), "d");
    Files.writeString(top.resolve("n".repeat(200)), "e");
    Files.copy(site.path("bytes"), top.resolve("bytes"));
    Files.createSymbolicLink(top.resolve("link"), Path.of("one/two/three/deep"));
    mode(top.resolve("with space"), "rwxr-x---");
    mode(top.resolve("new\nline"), "r--------");
    mode(top.resolve("one"), "rwx------");
    site.onNetwork("put", "tree", "-o", "tree.m").succeeds();
    site.onNetwork("get", "tree.m", "-o", "back").succeeds();
    assertEquals(picture(top), picture(site.path("back")));
    site.onNetwork("get", "tree.m", "-o", "back").failsInTwoLines(7);
    site.onNetwork("get", "tree.m", "-o", "back", "--force").failsInTwoLines(7);
    assertEquals(picture(top), picture(site.path("back")));
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /// What a tree looks like: kind, mode, and target or size of everything.
  private static Map<String, String> picture(Path top) throws Exception {
    Map<String, String> picture = new TreeMap<>();
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        String name = top.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          picture.put(name, "-> " + Files.readSymbolicLink(path));
        } else {
          String mode =
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
          picture.put(
              name,
              mode
                  + (Files.isDirectory(path)
                      ? "/"
                      : new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)));
        }
      }
    }
    return picture;
  }
}
