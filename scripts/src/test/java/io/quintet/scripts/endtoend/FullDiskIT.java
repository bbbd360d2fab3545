package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No room: on a node that was given little, on a node whose disk fills up under it, and on the
/// client's disk.
class FullDiskIT {
  private static final int MIB = 1 << 20;

  @TempDir static Path dir = Path.of("unset");
  private static Site site;

  @BeforeAll
  static void startNodes() throws Exception {
    site = new Site(dir);
    site.startNodes(5);
    site.file("file", 6 * MIB, 11);
  }

  @AfterAll
  static void endNodes() throws Exception {
    site.killAll();
  }

  private static byte[] blob(int size, long seed) {
    byte[] blob = new byte[size];
    new Random(seed).nextBytes(blob);
    return blob;
  }

  private static int put(TestNode node, byte[] blob) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
    return RawHttp.put(node.url(), HexFormat.of().formatHex(hash), blob).status();
  }

  private static void putAvoidsTheFullNodeAndReadsWork(TestNode full) throws Exception {
    List<String> held = full.chunksOnDisk();
    assertFalse(held.isEmpty());
    JsonNode stored = site.onNetwork("put", "file", "-o", "m", "--force", "--json").result(0);
    assertEquals(5, stored.path("replicas").asInt());
    site.onNetwork("get", "m", "-o", "out", "--force").succeeds();
    Site.assertSame(site.path("file"), site.path("out"));
    for (String chunk : held) {
      byte[] served = RawHttp.get(full.url(), "/chunk/" + chunk).body();
      assertArrayEquals(Files.readAllBytes(full.chunkFile(chunk)), served);
    }
    assertTrue(full.chunksOnDisk().stream().noneMatch(name -> name.contains("tmp")));
    full.assertHealthy();
  }

  @Test
  void nodeAtItsCapacityRefusesAndOthersTakeOver() throws Exception {
    site.startNodes(1, "--capacity", "2MiB");
    TestNode small = site.nodes().getLast();
    assertEquals(201, put(small, blob(MIB, 1)));
    assertEquals(201, put(small, blob(MIB - 1000, 2)));
    assertEquals(507, put(small, blob(MIB, 3)));
    putAvoidsTheFullNodeAndReadsWork(small);
    assertEquals(507, put(small, blob(MIB, 3)));
    small.killAndWait();
  }

  @Test
  void nodeWhoseDiskFillsUpUnderItRefusesAndKeepsServing() throws Exception {
    Path data = site.path("node-" + (site.nodes().size() + 1));
    SmallDisk disk = SmallDisk.mount(data, 4 * MIB);
    try {
      site.startNodes(1, "--reserve", "1B");
      TestNode node = site.nodes().getLast();
      assertEquals(201, put(node, blob(MIB, 4)));
      // Somebody else's file takes the rest: neither capacity nor reserve foresaw it.
      Path foreign = data.resolve("foreign");
      fill(foreign);
      assertEquals(507, put(node, blob(MIB, 5)));
      putAvoidsTheFullNodeAndReadsWork(node);
      Files.delete(foreign);
      assertEquals(201, put(node, blob(MIB, 5)));
      node.killAndWait();
    } finally {
      disk.unmount();
    }
  }

  /// Writes until there is no room.
  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 64 * 256; i++) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("space"), e::toString);
    }
  }

  @Test
  void getWithoutRoomIsRefusedAndLeavesNothing() throws Exception {
    site.onNetwork("put", "file", "-o", "small.m").succeeds();
    Files.createDirectories(site.path("tree"));
    Files.copy(site.path("file"), site.path("tree/inside"));
    site.onNetwork("put", "tree", "-o", "tree.m").succeeds();
    Path at = site.path("client-disk");
    SmallDisk disk = SmallDisk.mount(at, 4 * MIB);
    try {
      String said = site.onNetwork("get", "small.m", "-o", "client-disk/out").failsInTwoLines(7);
      assertTrue(said.contains("no room"), said);
      site.onNetwork("get", "tree.m", "-o", "client-disk/out").failsInTwoLines(7);
      assertEmpty(at);
      // The file that is there is not lost by trying.
      Files.writeString(at.resolve("out"), "precious");
      site.onNetwork("get", "small.m", "-o", "client-disk/out", "--force").failsInTwoLines(7);
      assertEquals("precious", Files.readString(at.resolve("out")));
      Files.delete(at.resolve("out"));
      // A full disk under standard output.
      List<String> get = List.of("get", "small.m", "-o", "-");
      Path err = site.path("full.err");
      Process piped =
          site.process(Stream.concat(get.stream(), site.networkOptions().stream()).toList())
              .redirectOutput(new File("/dev/full"))
              .redirectError(err.toFile())
              .start();
      assertTrue(piped.waitFor(60, TimeUnit.SECONDS));
      new Run("get to /dev/full", piped.exitValue(), new byte[0], Files.readString(err))
          .failsInTwoLines(3);
    } finally {
      disk.unmount();
    }
  }

  @Test
  void putWhoseManifestOrReceiptFindsNoRoomSaysSoAndLeavesNothing() throws Exception {
    Path at = site.path("manifest-disk");
    SmallDisk disk = SmallDisk.mount(at, MIB);
    try {
      fill(at.resolve("foreign"));
      String manifest = site.onNetwork("put", "file", "-o", "manifest-disk/m").failsInTwoLines(7);
      assertTrue(manifest.contains("cannot write the manifest manifest-disk/m"), manifest);
      String receipt =
          site.onNetwork("put", "file", "-o", "m2", "--receipt", "manifest-disk/r")
              .failsInTwoLines(7);
      assertTrue(receipt.contains("cannot write the receipt manifest-disk/r"), receipt);
      assertFalse(Files.exists(site.path("m2")));
      Files.delete(at.resolve("foreign"));
      assertEmpty(at);
    } finally {
      disk.unmount();
    }
  }

  private static void assertEmpty(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(List.of(), all.toList());
    }
  }
}
