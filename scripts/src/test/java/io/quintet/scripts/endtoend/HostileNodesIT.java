package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Four of five holders are in the hands of someone who sends anything but the chunks.
class HostileNodesIT {
  @TempDir Path dir = Path.of("unset");
  private Site site;
  private final List<Liar> liars = new ArrayList<>();
  private HeldDoor door;

  @BeforeEach
  void storeAFile() throws Exception {
    site = new Site(dir);
    site.startNodes(4);
    door = new HeldDoor(() -> site.nodes().getLast().url());
    site.startNodes(1, "--advertise", door.url());
    site.file("file", 12_000_000, 10);
    site.onNetwork("put", "file").succeeds();
  }

  @AfterEach
  void endAll() throws Exception {
    liars.forEach(Liar::close);
    door.close();
    site.killAll();
  }

  @Test
  void oneHonestHolderIsEnoughAndTheLiarsAreNamed() throws Exception {
    for (Liar.Lie lie : Liar.Lie.values()) {
      TestNode node = site.nodes().get(liars.size());
      node.killAndWait();
      boolean opens = lie == Liar.Lie.WRONG_BYTES;
      liars.add(new Liar(node.url(), lie, opens ? door::open : () -> {}));
    }
    // Nodes that are known to live are asked first; this one is slow until the first liar has lied.
    Run get = site.onNetwork("get", "file.manifest", "-o", "out");
    List<String> warnings = get.succeedsWithWarnings();
    Site.assertSame(site.path("file"), site.path("out"));
    assertTrue(liars.getFirst().asked() > 0, "nobody asked the liar; the test shows nothing");
    String wrong = site.nodes().getFirst().id();
    assertTrue(warnings.stream().anyMatch(line -> line.contains(wrong)), get::toString);
    Files.delete(site.path("out"));
    site.nodes().getLast().assertHealthy();
    site.assertHolds("file", "file.manifest");
  }
}
