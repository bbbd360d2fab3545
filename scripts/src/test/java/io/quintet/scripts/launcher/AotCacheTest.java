package io.quintet.scripts.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.scripts.launcher.Script.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AOT cache is made once, in the background, and never used for other jars than it was made
/// from.
class AotCacheTest {
  @TempDir Path scratch;
  private Checkout checkout;

  @BeforeEach
  void makeCheckout() throws Exception {
    checkout = new Checkout(scratch);
    checkout.quintet("nodes");
    checkout.with("QUINTET_AOT", "on");
  }

  @Test
  void theSecondStartUsesTheCacheThatTheFirstOneLeftBehind() throws Exception {
    assertEquals("", cacheUsedBy(checkout.quintet("nodes")));
    Path made = theOnlyCache();
    assertEquals(made.toString(), cacheUsedBy(checkout.quintet("nodes")));
    assertEquals(made.toString(), cacheUsedBy(checkout.quintet("node")));
    assertEquals("", cacheUsedBy(checkout.quintet("--help")), "no use for a light command");
  }

  @Test
  void aChangedJarMeansAnotherCacheAndTheOldOneIsRemoved() throws Exception {
    checkout.quintet("nodes");
    final Path before = theOnlyCache();
    Checkout.age(checkout.root.resolve("scripts/target/dist/lib/other.jar"));
    assertEquals("", cacheUsedBy(checkout.quintet("nodes")));
    checkout.await("[[ ! -e '" + before + "' ]]");
    assertNotEquals(before, theOnlyCache());
  }

  @Test
  void anotherJdkMeansAnotherCache() throws Exception {
    checkout.quintet("nodes");
    theOnlyCache();
    Checkout.fakeJdk(checkout.jdk, "25.0.4");
    assertEquals("", cacheUsedBy(checkout.quintet("nodes")));
  }

  @Test
  void anEmptyCacheIsNotUsed() throws Exception {
    checkout.quintet("nodes");
    Files.writeString(theOnlyCache(), "");
    assertEquals("", cacheUsedBy(checkout.quintet("nodes")));
  }

  @Test
  void aFolderThatCannotBeWrittenMeansNoCacheAndNoWords() throws Exception {
    Path file = Files.createFile(scratch.resolve("file"));
    Outcome outcome = checkout.with("XDG_CACHE_HOME", file.toString()).quintet("nodes");
    assertEquals("", outcome.err());
    assertEquals("", cacheUsedBy(outcome));
  }

  @Test
  void aStartWhoseOutputIsReadToTheEndDoesNotWaitForTheTraining() throws Exception {
    Files.createDirectories(checkout.cache);
    Outcome outcome =
        checkout.run(scratch, "bash", "-c", "'" + checkout.launcher() + "' nodes 2>&1 | tail -n 1");
    assertEquals("nodes\n", outcome.out());
    theOnlyCache();
  }

  private Path theOnlyCache() throws Exception {
    checkout.await(
        "compgen -G '"
            + checkout.cache
            + "/*.aot' && ! compgen -G '"
            + checkout.cache
            + "/*.lock'");
    List<Path> caches = checkout.caches();
    assertEquals(1, caches.size(), caches::toString);
    return caches.getFirst();
  }

  private static String cacheUsedBy(Outcome outcome) {
    assertEquals(0, outcome.exit(), outcome.err());
    assertTrue(outcome.err().isEmpty(), outcome.err());
    String flag = "-XX:AOTCache=";
    return outcome
        .out()
        .lines()
        .filter(line -> line.startsWith(flag))
        .map(line -> line.substring(flag.length()))
        .findFirst()
        .orElse("");
  }
}
