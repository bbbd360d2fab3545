package io.quintet.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageErrorTest {
  @TempDir Path state;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          put                                     | Missing required parameter: 'PATH'
          get                                     | Missing required parameter: 'FILE.manifest'
          info                                    | Missing required parameter: 'FILE.manifest'
          frobnicate                              | Unmatched argument at index 0: 'frobnicate'
          put a b                                 | Unmatched argument at index 2: 'b'
          put --nonsense a                        | Unknown option: '--nonsense'
          put --replicas x a                      | Invalid value for option '--replicas': 'x' is not an int
          put --replicas 0 a                      | --replicas 0 is out of range
          put --replicas 21 a                     | --replicas 21 is out of range
          put --replicas 3 --min-replicas 4 a     | --min-replicas 4 is out of range
          put --min-replicas -1 a                 | --min-replicas -1 is out of range
          put --compress lzma a                   | unknown compression 'lzma'
          put -                                   | standard input has no name for the manifest
          put /                                   | / has no name
          get a.txt                               | no name for the output: a.txt does not end with .manifest
          get .manifest                           | no name for the output: .manifest does not end with .manifest
          get ...manifest                         | no name for the output: ...manifest does not end with .manifest
          put --network a/b x                     | --network a/b is no network name
          put --udp-port 0 x                      | --udp-port 0 is no port
          nodes --udp-port 65536                  | --udp-port 65536 is no port
          nodes --bootstrap nowhere               | --bootstrap nowhere is no address
          nodes --bootstrap a:70000               | --bootstrap a:70000 is no address
          status ftp://x                          | 'ftp://x' is not the address of a node
          status http://u@h:1                     | 'http://u@h:1' is not the address of a node
          status http://h:1/chunks                | 'http://h:1/chunks' is not the address of a node
          """)
  void isTwoLinesAndExitCodeTwo(String line, String failed) {
    ScriptedBackend backend = new ScriptedBackend();
    CliRun run = CliRun.of(backend, state, line.trim().split(" +"));
    assertEquals(2, run.exitCode(), run.err());
    assertEquals("quintet: " + failed, run.errLines().getFirst());
    assertEquals(2, run.errLines().size(), run.err());
    assertTrue(run.errLines().getLast().startsWith("  "), run.err());
    assertEquals("", run.out());
    assertTrue(backend.networks.isEmpty(), "nothing was tried");
  }

  @Test
  void noCommandSaysWhatToTry() {
    CliRun run = CliRun.of(new ScriptedBackend(), state);
    assertEquals(2, run.exitCode());
    assertEquals("quintet: no command was given", run.errLines().getFirst());
    assertEquals(2, run.errLines().size());
  }

  @Test
  void misspelledOptionSuggestsTheRightOne() {
    CliRun run = CliRun.of(new ScriptedBackend(), state, "put", "--repliccas", "3", "a");
    assertTrue(run.err().contains("did you mean '--replicas'"), run.err());
    assertTrue(run.err().contains("quintet put --help"), run.err());
  }

  @Test
  void withJsonTheFailureIsOneObjectOnStandardOutput() {
    CliRun run = CliRun.of(new ScriptedBackend(), state, "put", "--json", "--replicas", "0", "a");
    assertEquals(2, run.exitCode());
    assertEquals(
        "{\"event\":\"error\",\"exitCode\":2,\"failed\":\"--replicas 0 is out of range\","
            + "\"advice\":\"use 1 to 20\"}",
        run.out().strip());
    assertEquals("", run.err());
  }

  @Test
  void withJsonAParseErrorIsOneObjectToo() {
    CliRun run = CliRun.of(new ScriptedBackend(), state, "put", "--json", "--nonsense");
    assertEquals(2, run.exitCode());
    assertTrue(run.out().startsWith("{\"event\":\"error\",\"exitCode\":2,"), run.out());
    assertEquals(1, run.outLines().size());
    assertEquals("", run.err());
  }

  @Test
  void controlCharactersOfAnArgumentDoNotReachTheTerminal() {
    CliRun run = CliRun.of(new ScriptedBackend(), state, "put", "--compress", "z\u001b[2J\n", "a");
    assertEquals("quintet: unknown compression 'z?[2J?'", run.errLines().getFirst());
    assertEquals(2, run.errLines().size());
  }
}
