package io.quintet.scripts.endtoend;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Nothing needs the folder for temporary files, which may be full or let no program run. Here no
/// file can be made there, which ends the same way.
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs /proc, where not even root can make a file")
class TemporaryFolderIT {
  private static final String NO_TEMPORARY_FILES = "-Djava.io.tmpdir=/proc";

  @TempDir Path dir = Path.of("unset");
  private Site site;

  @BeforeEach
  void startNode() throws Exception {
    site = new Site(dir);
    site.startNodes(1);
    Files.writeString(site.path("file"), "what zstd can shrink\n".repeat(5_000));
  }

  @AfterEach
  void endNode() throws Exception {
    site.killAll();
  }

  @Test
  void aRunningNodeHasNoFileThere() throws Exception {
    String counters = "/tmp/hsperfdata_" + System.getProperty("user.name");
    String pid = "" + site.nodes().getFirst().pid();
    assertFalse(Files.exists(Path.of(counters, pid)), "the JVM's performance counters");
  }

  @Test
  void transfersTakeZstdFromBesideTheJars() throws Exception {
    site.set("QUINTET_JAVA_OPTS", NO_TEMPORARY_FILES);
    site.onNetwork("put", "file", "--replicas", "1").succeeds();
    site.onNetwork("get", "file.manifest", "-o", "out").succeeds();
    Site.assertSame(site.path("file"), site.path("out"));
  }

  @Test
  void whereZstdIsNeitherThereNorCanBeUnpackedTransfersSayWhatToDo() throws Exception {
    site.onNetwork("put", "file", "--replicas", "1").succeeds();
    site.set("QUINTET_JAVA_OPTS", "-Djava.library.path=/nowhere " + NO_TEMPORARY_FILES);
    assertSaysWhatFailed(site.onNetwork("put", "file", "-o", "m", "--replicas", "1"));
    assertSaysWhatFailed(site.onNetwork("get", "file.manifest", "-o", "out"));
    site.assertHolds("file", "file.manifest");
  }

  private static void assertSaysWhatFailed(Run run) {
    String said = run.failsInTwoLines(7);
    assertTrue(said.startsWith("quintet: cannot load zstd's native code: "), said);
    assertTrue(run.err().contains("-Djava.io.tmpdir=FOLDER"), run.err());
  }
}
