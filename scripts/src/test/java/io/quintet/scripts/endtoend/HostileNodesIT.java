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

  @BeforeEach
  void storeAFile() throws Exception {
    site = new Site(dir);
    site.startNodes(5);
    site.file("file", 12_000_000, 10);
    site.onNetwork("put", "file").succeeds();
  }

  @AfterEach
  void endAll() throws Exception {
    liars.forEach(Liar::close);
    site.killAll();
  }

  @Test
  void oneHonestHolderIsEnoughAndTheLiarsAreNamed() throws Exception {
    for (Liar.Lie lie : Liar.Lie.values()) {
      TestNode node = site.nodes().get(liars.size());
      node.killAndWait();
      liars.add(new Liar(node.url(), lie));
    }
    // The first run sees the liars as the nodes they were, unless the others noticed already.
    Run get = site.onNetwork("get", "file.manifest", "-o", "out");
    List<String> warnings = get.succeedsWithWarnings();
    Site.assertSame(site.path("file"), site.path("out"));
    int asked = liars.stream().mapToInt(Liar::asked).sum();
    assertTrue(asked > 0, "nobody asked a liar; the test shows nothing");
    String wrong = site.nodes().getFirst().id();
    boolean named = warnings.stream().anyMatch(line -> line.contains(wrong));
    assertTrue(named || liars.getFirst().asked() == 0, get::toString);
    Files.delete(site.path("out"));
    site.nodes().getLast().assertHealthy();
    site.assertHolds("file", "file.manifest");
  }
}
