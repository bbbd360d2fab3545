package io.quintet.scripts.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.scripts.launcher.Script.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `scripts/quintet`: which JVM it starts, where from, and with which flags.
class LauncherTest {
  @TempDir Path scratch;
  private Checkout checkout;

  @BeforeEach
  void makeCheckout() throws Exception {
    checkout = new Checkout(scratch);
    assertEquals(0, checkout.quintet().exit(), "the first start builds");
  }

  @Test
  void argumentsReachJavaUnchangedAndNothingElseIsWritten() throws Exception {
    Outcome outcome = checkout.quintet("put", "a  b", "", "*", "$HOME", "--", "-h");
    assertEquals("", outcome.err());
    assertTrue(
        outcome.out().endsWith("io.quintet.scripts.Quintet\nput\na  b\n\n*\n$HOME\n--\n-h\n"),
        outcome.out());
  }

  @Test
  void everyJarIsOnTheClassPathInTheSameOrder() throws Exception {
    Path lib = checkout.root.resolve("scripts/target/dist/lib");
    String expected = lib.resolve("other.jar") + ":" + lib.resolve("quintet-scripts.jar");
    assertTrue(lines(checkout.quintet()).contains(expected));
  }

  @Test
  void nativeCodeIsLookedForBesideTheJars() throws Exception {
    String flag = "-Djava.library.path=" + checkout.root.resolve("scripts/target/dist/lib/native/");
    assertTrue(lines(checkout.quintet()).stream().anyMatch(line -> line.startsWith(flag)));
  }

  @Test
  void symbolicLinksAndOtherFoldersLeadToTheSameCheckout() throws Exception {
    Path links = Files.createDirectories(scratch.resolve("some links"));
    Files.createSymbolicLink(links.resolve("relative"), Path.of("../a checkout/scripts/quintet"));
    Files.createSymbolicLink(links.resolve("q"), links.resolve("relative"));
    String expected = "-Dquintet.launcher=" + checkout.launcher().toRealPath();
    assertTrue(lines(checkout.run(Path.of("/"), links + "/q")).contains(expected));
    assertTrue(lines(checkout.run(links, "./q")).contains(expected));
    assertTrue(lines(checkout.run(links, "bash", "q")).contains(expected));
    Path scripts = checkout.root.resolve("scripts");
    assertTrue(lines(checkout.run(scripts, "bash", "quintet")).contains(expected));
    assertTrue(lines(checkout.run(scripts, "../scripts/quintet")).contains(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "help", "--version", "info", "put --help"})
  void commandsThatReadNoChunkStartWithTheFastCompilerAlone(String line) throws Exception {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ", -1);
    assertTrue(lines(checkout.quintet(arguments)).contains("-XX:TieredStopAtLevel=1"));
  }

  @Test
  void transfersGetTheFullCompilerAndTheirHeap() throws Exception {
    List<String> flags = lines(checkout.quintet("put", "file"));
    assertFalse(flags.contains("-XX:TieredStopAtLevel=1"));
    assertTrue(flags.contains("-Xmx256m"));
    assertTrue(flags.contains("-XX:+UseSerialGC"));
  }

  @Test
  void aSimulationOfThousandsOfNodesGetsALargeHeap() throws Exception {
    assertTrue(lines(checkout.quintet("simulate", "join")).contains("-Xmx3g"));
  }

  @Test
  void aNodeGetsASmallHeapAndDiesRatherThanLimp() throws Exception {
    List<String> flags = lines(checkout.quintet("node", "--port", "8000"));
    assertTrue(flags.contains("-Xmx128m"));
    assertTrue(flags.contains("-XX:+ExitOnOutOfMemoryError"));
  }

  @Test
  void optionsForTheJvmComeAsFlagsSoThatItDoesNotAnnounceThem() throws Exception {
    checkout.with("JAVA_TOOL_OPTIONS", "-Dfirst=1").with("QUINTET_JAVA_OPTS", "-Xmx1g  -Dlast=2");
    List<String> flags = lines(checkout.quintet("put"));
    assertTrue(
        flags.indexOf("-Xmx256m") < flags.indexOf("-Xmx1g"), "the later flag wins: " + flags);
    assertTrue(flags.contains("-Dfirst=1"));
    assertTrue(flags.contains("-Dlast=2"));
  }

  @Test
  void aFolderOfJarsIsUsedAsItIsWithoutABuild() throws Exception {
    Path lib = Files.createDirectories(scratch.resolve("my jars"));
    Files.createFile(lib.resolve("one.jar"));
    Files.writeString(checkout.source(), "changed");
    int builds = checkout.mavenCalls().size();
    assertTrue(
        lines(checkout.with("QUINTET_LIB", lib.toString()).quintet())
            .contains(lib.resolve("one.jar").toString()));
    assertEquals(builds, checkout.mavenCalls().size());
  }

  @Test
  void aFolderWithoutJarsIsNamed() throws Exception {
    Outcome outcome = checkout.with("QUINTET_LIB", scratch + "/nowhere").quintet();
    assertEquals(3, outcome.exit());
    assertTrue(outcome.err().startsWith("quintet: no jars in " + scratch + "/nowhere:"));
    assertEquals(1, outcome.err().lines().count());
  }

  @Test
  void withoutAJdk25OneLineSaysWhatToInstall() throws Exception {
    Outcome outcome = findJdk("jdk_places=(/nowhere/*)", "");
    assertEquals(3, outcome.exit());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains("install Eclipse Temurin 25"), outcome.err());
  }

  @Test
  void anOlderJdkIsPassedOver() throws Exception {
    Checkout.fakeJdk(scratch.resolve("places/17"), "17.0.15");
    Checkout.fakeJdk(scratch.resolve("places/8"), "1.8.0_402");
    Checkout.fakeJdk(scratch.resolve("places/26"), "26");
    Outcome outcome =
        findJdk("jdk_places=('" + scratch + "'/places/*)", scratch.resolve("places/17").toString());
    assertEquals(scratch.resolve("places/26") + "\n", outcome.out());
  }

  @Test
  void aWrongJava25HomeIsNamedInsteadOfGuessingAnother() throws Exception {
    Outcome outcome = checkout.with("JAVA25_HOME", scratch.toString()).quintet();
    assertEquals(3, outcome.exit());
    assertTrue(outcome.err().startsWith("quintet: JAVA25_HOME is " + scratch), outcome.err());
  }

  private Outcome findJdk(String places, String javaHome) throws IOException, InterruptedException {
    String script =
        "set -euo pipefail; . scripts/launcher/jdk.bash; " + places + "; find_jdk; echo \"$jdk\"";
    return checkout
        .with("JAVA25_HOME", "")
        .with("JAVA_HOME", javaHome)
        .with("PATH", "/usr/bin:/bin")
        .run(checkout.root, "bash", "-c", script);
  }

  private static List<String> lines(Outcome outcome) {
    assertEquals(0, outcome.exit(), outcome.err());
    return outcome.out().lines().toList();
  }
}
