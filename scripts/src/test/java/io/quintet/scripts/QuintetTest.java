package io.quintet.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuintetTest {
  @TempDir Path dir;

  @Test
  void helpNamesEveryCommandButTheHiddenOne() {
    CommandRun help = CommandRun.of(dir, "--help");
    assertEquals(0, help.exitCode());
    for (String command :
        List.of("put", "get", "info", "nodes", "status", "node", "cluster", "demo", "simulate")) {
      assertTrue(help.out().contains("\n  " + command + " "), command + " in\n" + help.out());
    }
    assertFalse(help.out().contains("warm-up"), help.out());
  }

  @Test
  void everyCommandHasHelpWithExitCodes() {
    for (List<String> command :
        List.of(
            List.of("node"),
            List.of("demo"),
            List.of("simulate"),
            List.of("cluster"),
            List.of("cluster", "start"),
            List.of("cluster", "status"),
            List.of("cluster", "stop"))) {
      List<String> args = new ArrayList<>(command);
      args.add("--help");
      CommandRun help = CommandRun.of(dir, args.toArray(String[]::new));
      assertEquals(0, help.exitCode(), command + ": " + help.err());
      assertTrue(help.out().contains("130 "), help.out());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          cluster                            | what shall be done with the cluster?
          cluster start                      | Missing required parameter: 'N'
          cluster start x                    | Invalid value for positional parameter at index 0 (N): 'x' is not an int
          cluster start 0                    | cannot start 0 nodes
          cluster start 65                   | cannot start 65 nodes
          cluster start 3 --base-port 80     | --base-port 80 leaves no room for 3 ports
          cluster start 3 --base-port 65534  | --base-port 65534 leaves no room for 3 ports
          cluster start 3 --interface eth0   | a local cluster uses the interface lo alone
          demo --size 0                      | --size 0 is out of range
          simulate                           | no scenario is named
          simulate joni                      | there is no scenario 'joni'
          simulate join --nodes 1            | --nodes 1 is out of range
          simulate join --nodes 1000001      | --nodes 1000001 is out of range
          simulate join --nodes many         | Invalid value for option '--nodes': 'many' is not an int
          simulate join --seed x             | Invalid value for option '--seed': 'x' is not a long
          """)
  void usageErrorsAreTwoLines(String line, String failed) {
    CommandRun run = CommandRun.of(dir, line.trim().split(" +"));
    assertEquals(2, run.exitCode(), run.err());
    assertEquals("quintet: " + failed, run.errLines().getFirst());
    assertEquals(2, run.errLines().size(), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource({"status", "stop"})
  void clusterThatNeverWasIsNotFound(String command) {
    CommandRun run = CommandRun.of(dir, "cluster", command, "--dir", dir + "/none");
    assertEquals(3, run.exitCode());
    assertEquals("quintet: there is no cluster in " + dir + "/none", run.errLines().getFirst());
    assertEquals(2, run.errLines().size());
  }
}
