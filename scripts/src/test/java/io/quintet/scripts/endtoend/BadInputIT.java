package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people mistype, mislay and damage: each ends in two lines and an exit code, before anything
/// is sent or written.
class BadInputIT {
  private static final int SIZE = 2_500_000;
  private static final String[] KEPT = {"file", "file.manifest"};

  @TempDir static Path dir = Path.of("unset");
  private static Site site;

  @BeforeAll
  static void storeOneFile() throws Exception {
    site = new Site(dir);
    site.startNodes(5);
    site.file("file", SIZE, 1);
    site.onNetwork("put", "file").succeeds();
    site.assertHolds(KEPT);
  }

  @AfterAll
  static void endNodes() throws Exception {
    for (TestNode node : site.nodes()) {
      node.assertHealthy();
    }
    site.killAll();
  }

  private static void refusedManifest(String name, byte[] content, int exitCode) throws Exception {
    Files.write(site.path("bad.manifest"), content);
    for (String[] command :
        List.of(
            new String[] {"get", "bad.manifest", "-o", "out"},
            new String[] {"info", "bad.manifest"})) {
      Run run = command[0].equals("get") ? site.onNetwork(command) : site.run(command);
      assertTrue(run.failsInTwoLines(exitCode).contains("bad.manifest"), name + ": " + run);
      assertEquals(0, run.out().length, run::toString);
    }
    Files.delete(site.path("bad.manifest"));
    site.assertHolds(KEPT);
  }

  @Test
  void damagedManifestIsRefusedAsDamaged() throws Exception {
    byte[] good = Files.readAllBytes(site.path("file.manifest"));
    refusedManifest("empty", new byte[0], 4);
    refusedManifest("another file", Files.readAllBytes(site.path("file")), 4);
    refusedManifest("cut in half", Arrays.copyOf(good, good.length / 2), 4);
    refusedManifest("last byte lost", Arrays.copyOf(good, good.length - 3), 4);
    // Some bit of the key, of an id and of a digit.
    String text = Files.readString(site.path("file.manifest"));
    for (String at : List.of("\"key\"", "\"chunks\"", "\"size\"")) {
      byte[] flipped = good.clone();
      int place = text.indexOf(at) + at.length();
      while (!Character.isLetterOrDigit(flipped[place])) {
        place++;
      }
      flipped[place] = (byte) (flipped[place] == '1' ? '2' : '1');
      refusedManifest("changed after " + at, flipped, 4);
    }
  }

  @Test
  void manifestOfANewerVersionIsRefusedAsNewer() throws Exception {
    String text = Files.readString(site.path("file.manifest"));
    String newer = text.replaceFirst("\"version\"(\\s*):(\\s*)1", "\"version\":2");
    assertFalse(newer.equals(text));
    refusedManifest("version 2", newer.getBytes(StandardCharsets.UTF_8), 7);
  }

  @Test
  void whatIsNotThereOrNoFileIsSaid() throws Exception {
    Files.createDirectory(site.path("folder"));
    site.onNetwork("put", "absent").failsInTwoLines(3);
    site.onNetwork("get", "absent.manifest").failsInTwoLines(3);
    site.run("info", "absent.manifest").failsInTwoLines(3);
    // A file where a directory should be cannot be read by root either.
    site.onNetwork("put", "file/inside").failsInTwoLines(3);
    site.onNetwork("get", "file/in.manifest").failsInTwoLines(3);
    site.onNetwork("get", "folder", "-o", "out").failsInTwoLines(2);
    site.run("info", "folder").failsInTwoLines(2);
    site.onNetwork("get", "file.manifest", "-o", "folder").failsInTwoLines(2);
    site.onNetwork("put", "file", "-o", "folder").failsInTwoLines(2);
    site.onNetwork("put", "file", "-o", "absent/m").failsInTwoLines(3);
    site.onNetwork("get", "file.manifest", "-o", "absent/out").failsInTwoLines(3);
    site.onNetwork("put", "file", "-o", "m", "--receipt", "folder").failsInTwoLines(2);
    Files.delete(site.path("folder"));
    site.assertHolds(KEPT);
  }

  @Test
  void linkToNowhereAndLoopOfLinksAreNoFiles() throws Exception {
    Files.createSymbolicLink(site.path("nowhere"), Path.of("absent"));
    Files.createSymbolicLink(site.path("loop"), Path.of("loop"));
    for (String name : List.of("nowhere", "loop")) {
      site.onNetwork("put", name, "-o", "m").failsInTwoLines(3);
      site.onNetwork("get", name, "-o", "out").failsInTwoLines(3);
      Files.delete(site.path(name));
    }
    site.assertHolds(KEPT);
  }

  @Test
  void existingFilesAreReplacedOnlyByForce() throws Exception {
    byte[] manifest = Files.readAllBytes(site.path("file.manifest"));
    site.onNetwork("put", "file").failsInTwoLines(7);
    Site.assertSame(site.path("file.manifest"), manifest);
    Files.writeString(site.path("out"), "precious");
    site.onNetwork("get", "file.manifest", "-o", "out").failsInTwoLines(7);
    assertEquals("precious", Files.readString(site.path("out")));
    site.onNetwork("get", "file.manifest", "-o", "out", "--force").succeeds();
    Site.assertSame(site.path("file"), site.path("out"));
    Files.writeString(site.path("receipt"), "precious");
    site.onNetwork("put", "file", "-o", "m", "--receipt", "receipt").failsInTwoLines(7);
    assertEquals("precious", Files.readString(site.path("receipt")));
    site.onNetwork("put", "out", "-o", "m").succeeds();
    byte[] first = Files.readAllBytes(site.path("m"));
    site.onNetwork("put", "file", "-o", "m", "--force").succeeds();
    assertFalse(Arrays.equals(first, Files.readAllBytes(site.path("m"))));
    for (String made : List.of("out", "receipt", "m")) {
      Files.delete(site.path(made));
    }
    site.assertHolds(KEPT);
  }

  @Test
  void wrongOptionsAreUsageErrors() throws Exception {
    site.onNetwork("put", "file", "-o", "m", "--compress", "rar").failsInTwoLines(2);
    site.onNetwork("put", "file", "-o", "m", "--replicas", "0").failsInTwoLines(2);
    site.onNetwork("put", "file", "-o", "m", "--replicas", "21").failsInTwoLines(2);
    site.onNetwork("put", "file", "-o", "m", "--replicas", "many").failsInTwoLines(2);
    site.onNetwork("put", "file", "-o", "m", "--min-replicas", "6").failsInTwoLines(2);
    site.onNetwork("put", "-").failsInTwoLines(2);
    site.onNetwork("put", "file", "--colour").failsInTwoLines(2);
    site.run("put", "file", "-o", "m", "--network", "a b").failsInTwoLines(2);
    site.run("put", "file", "-o", "m", "--udp-port", "70000").failsInTwoLines(2);
    site.run("put", "file", "-o", "m", "--interface", "nosuch0").failsInTwoLines(2);
    site.run("fetch").failsInTwoLines(2);
    site.assertHolds(KEPT);
  }

  @Test
  void withoutNodesEveryCommandSaysSoSoon() throws Exception {
    String[] elsewhere = {
      "--network", site.network() + "-x", "--udp-port", "" + Site.freeUdpPort(), "--interface", "lo"
    };
    for (List<String> command :
        List.of(List.of("put", "file", "-o", "m"), List.of("get", "file.manifest", "-o", "out"))) {
      long begin = System.nanoTime();
      Run run =
          site.run(
              Stream.concat(command.stream(), Arrays.stream(elsewhere)).toArray(String[]::new));
      run.failsInTwoLines(6);
      long seconds = (System.nanoTime() - begin) / 1_000_000_000;
      // Five for the search, and a crowded machine's start-up.
      assertTrue(seconds < 15, "took " + seconds + " s");
    }
    site.assertHolds(KEPT);
  }
}
