package io.quintet.scripts.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.scripts.launcher.Script.Outcome;
import io.quintet.scripts.launcher.Script.Running;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/quintet` builds when there is something to build, once, and says so in one line.
class BuildOnUseTest {
  @TempDir Path scratch;
  private Checkout checkout;

  @BeforeEach
  void makeCheckout() throws Exception {
    checkout = new Checkout(scratch);
  }

  @Test
  void theFirstStartBuildsWithTheJdkThatWasFoundAndLaterOnesDoNot() throws Exception {
    Outcome first = checkout.quintet("nodes");
    assertEquals("building Quintet (first use, about a minute)...\n", first.err());
    assertEquals(0, first.exit());
    assertEquals("", checkout.quintet("nodes").err());
    assertEquals(1, checkout.mavenCalls().size());
    assertTrue(checkout.mavenCalls().getFirst().startsWith(checkout.jdk + " "));
  }

  @Test
  void aNewerSourceIsBuilt() throws Exception {
    checkout.quintet();
    Files.writeString(checkout.source(), "class A { int changed; }");
    assertEquals("building Quintet (sources changed)...\n", checkout.quintet().err());
    assertEquals("", checkout.quintet().err());
  }

  @Test
  void aDeletedSourceIsNoticed() throws Exception {
    checkout.quintet();
    Files.delete(checkout.source());
    assertEquals("building Quintet (sources changed)...\n", checkout.quintet().err());
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLogAndWhereItIs() throws Exception {
    Outcome outcome = checkout.with("MAVEN_FAILS", "yes").quintet("nodes");
    assertEquals(1, outcome.exit());
    assertEquals("", outcome.out(), "old code must not run");
    assertTrue(outcome.err().contains("\nA.java:1: no good\n"), outcome.err());
    assertTrue(outcome.err().contains("whole log is in " + checkout.buildLog()), outcome.err());
    assertTrue(outcome.err().lines().count() < 30, outcome.err());
  }

  @Test
  void withoutMavenOneLineSaysWhatToInstall() throws Exception {
    Path tools = Files.createDirectories(scratch.resolve("few tools"));
    for (String tool : List.of("bash", "find", "mkdir", "flock", "dirname", "env")) {
      Path original = Path.of("/usr/bin", tool).toRealPath();
      Files.copy(original, tools.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Outcome outcome = checkout.with("PATH", tools.toString()).quintet("nodes");
    assertEquals(3, outcome.exit());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains("apt install maven"), outcome.err());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedInOneLine() throws Exception {
    // Also root can make no folder where a file is.
    Path target = Files.createFile(checkout.root.resolve("scripts/target"));
    Outcome outcome = checkout.quintet("nodes");
    assertEquals(3, outcome.exit());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains(target + ", which cannot be written"), outcome.err());
  }

  @Test
  // Nothing interrupts who waits for the other end of a pipe.
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void twoStartsAtOnceBuildOnce() throws Exception {
    Path gate = scratch.resolve("gate");
    assertEquals(0, checkout.run(scratch, "mkfifo", gate.toString()).exit());
    checkout.with("MAVEN_GATE", gate.toString());
    Running first = checkout.start("nodes");
    // Opening the pipe for writing returns when the first start's Maven opens it for reading.
    try (OutputStream opened = Files.newOutputStream(gate, StandardOpenOption.WRITE)) {
      Running second = checkout.start("status");
      checkout.await("grep -q 'waiting for another start' '" + second.err() + "'");
      opened.write('\n');
      opened.flush();
      assertEquals(0, first.outcome().exit());
      assertEquals(0, second.outcome().exit());
    }
    assertEquals(1, checkout.mavenCalls().size());
  }
}
