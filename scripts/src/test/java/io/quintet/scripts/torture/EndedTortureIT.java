package io.quintet.scripts.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.scripts.cluster.Launcher;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run that a signal ends: its nodes end, which is no promise broken, and its report is written.
class EndedTortureIT {
  private static final int TERMINATED = 143;

  @Test
  @Timeout(120)
  void aSignalEndsTheRunItsNodesAndNoPromise(@TempDir Path dir) throws Exception {
    Path report = dir.resolve("report");
    ProcessBuilder command =
        new ProcessBuilder(
            System.getProperty(Launcher.PROPERTY),
            "torture",
            "--scenario",
            "kill",
            "--rounds",
            "1000",
            "--seconds",
            "90",
            "--report",
            report.toString());
    command.environment().put("TMPDIR", dir.toString());
    command.redirectErrorStream(true);
    Process torture = command.start();
    try (BufferedReader output = torture.inputReader()) {
      String seed = output.readLine();
      List<ProcessHandle> nodes = List.of();
      while (nodes.isEmpty()) {
        assertTrue(torture.isAlive(), seed);
        nodes = torture.descendants().toList();
        Thread.onSpinWait();
      }
      torture.toHandle().destroy();
      String said = output.readAllAsString();
      assertEquals(TERMINATED, torture.waitFor(), said);
      assertTrue(said.contains("no promise was broken until a signal ended the run"), said);
      assertTrue(said.contains(report + ".md"), said);
      assertTrue(Files.readString(Path.of(report + ".md")).contains("| kill | ended |"), said);
      for (ProcessHandle node : nodes) {
        node.onExit().get(30, TimeUnit.SECONDS);
        assertFalse(node.isAlive());
      }
    }
  }
}
