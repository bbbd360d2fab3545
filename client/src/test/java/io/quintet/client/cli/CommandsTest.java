package io.quintet.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Terminal;
import io.quintet.client.upkeep.AuditResult;
import io.quintet.client.upload.UploadRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private final ScriptedBackend backend = new ScriptedBackend();

  @TempDir Path state;

  private CliRun run(String... args) {
    return CliRun.of(backend, state, args);
  }

  @Test
  void putTakesItsDefaultsFromTheContract() {
    assertEquals(0, run("put", "some/photos.tar").exitCode());
    UploadRequest request = backend.puts.getFirst();
    assertEquals(
        new UploadRequest(
            Path.of("some/photos.tar"), Path.of("photos.tar.manifest"), "zstd", 5, 0, false, null),
        request);
    assertEquals(
        new NetworkOptions("quintet", 9999, List.of(), List.of()), backend.networks.getFirst());
  }

  @Test
  void putPassesEveryOption() {
    run(
        "put",
        "-",
        "-o",
        "m",
        "--compress",
        "xz",
        "--replicas",
        "3",
        "--min-replicas",
        "2",
        "--receipt",
        "r",
        "--force",
        "--network",
        "n",
        "--udp-port",
        "1234",
        "--interface",
        "lo,eth0",
        "--interface",
        "eth1",
        "--bootstrap",
        "h:1",
        "--bootstrap",
        "[::1]:2");
    assertEquals(
        new UploadRequest(null, Path.of("m"), "xz", 3, 2, true, Path.of("r")),
        backend.puts.getFirst());
    assertEquals(
        new NetworkOptions("n", 1234, List.of("lo", "eth0", "eth1"), List.of("h:1", "[::1]:2")),
        backend.networks.getFirst());
  }

  @Test
  void directoryIsNamedByItsLastNameEvenWhenItIsTheWorkingDirectory() {
    run("put", "photos/");
    run("put", ".");
    assertEquals(Path.of("photos.manifest"), backend.puts.getFirst().manifest());
    Path here = Path.of("").toAbsolutePath().getFileName();
    assertEquals(Path.of(here + ".manifest"), backend.puts.getLast().manifest());
  }

  @Test
  void putPipedPrintsItsResultAndOnlyWarningsElsewhere() {
    CliRun run = run("put", "a");
    assertEquals(
        "stored 2.0 MiB in 2 chunks, 5 copies each, 976.6 KiB on disk per copy, 0.51 s"
            + " (3.9 MiB/s)",
        run.outLines().getFirst());
    assertEquals("manifest: a.manifest", run.outLines().get(1));
    assertEquals(List.of("warning: node x?[31m is slow"), run.errLines());
  }

  @Test
  void degradedPutExitsWithFiveAndSaysSoInTwoLines() {
    backend.degraded = true;
    CliRun run = run("put", "a");
    assertEquals(5, run.exitCode());
    assertTrue(
        run.err().contains("quintet: stored degraded: only 3 of 5 copies of some chunks are on"),
        run.err());
  }

  @Test
  void putAsJsonPrintsEachEventAndAResultWithTheReceipt() {
    backend.receipt = "{\"" + "01".repeat(32) + "\":[\"" + ScriptedBackend.ID + "\"]}";
    CliRun run = run("put", "a", "--json");
    assertEquals(
        List.of(
            "{\"event\":\"started\",\"operation\":\"put\",\"bytesTotal\":2097152}",
            "{\"event\":\"nodesFound\",\"count\":7}",
            "{\"event\":\"chunkDone\",\"chunksDone\":1,\"bytesDone\":1048576}",
            "{\"event\":\"warning\",\"text\":\"node x\\u001B[31m is slow\"}",
            "{\"event\":\"finished\",\"chunks\":2,\"bytes\":2097152,\"seconds\":0.500}",
            "{\"event\":\"result\",\"manifest\":\"a.manifest\",\"size\":2097152,\"chunks\":2,"
                + "\"storedBytes\":1000000,\"replicas\":5,\"degraded\":false,\"seconds\":0.512,"
                + "\"receipt\":"
                + backend.receipt
                + "}"),
        run.outLines());
    assertEquals("", run.err());
    Path receipt = backend.puts.getFirst().receipt();
    assertNotNull(receipt);
    assertFalse(Files.exists(receipt.getParent()), "the temporary receipt is removed");
  }

  @Test
  void askedReceiptStaysWhereItWasAskedFor() {
    Path file = state.resolve("r.json");
    backend.receipt = "{\"x\":[]}";
    CliRun run = run("put", "a", "--json", "--receipt", file.toString());
    assertTrue(Files.exists(file));
    assertTrue(run.out().contains("\"receipt\":{\"x\":[]}"), run.out());
  }

  @Test
  void getRestoresUnderTheManifestsNameInTheWorkingDirectory() {
    CliRun run = run("get", "elsewhere/photos.tar.manifest");
    assertEquals(0, run.exitCode());
    assertEquals(Path.of("photos.tar"), backend.gets.getFirst().output());
    assertTrue(run.out().startsWith("restored photos.tar: 2.0 MiB in 0.25 s"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void getAsJsonHasTheContractsFields() {
    CliRun run = run("get", "a.manifest", "-o", "b", "--json", "--force");
    assertEquals(
        "{\"event\":\"result\",\"path\":\"b\",\"size\":2097152,\"sha256\":\""
            + "cd".repeat(32)
            + "\",\"seconds\":0.250}",
        run.outLines().getLast());
    assertTrue(backend.gets.getFirst().force());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void getToStandardOutputPrintsNothingElseThere(boolean json) {
    CliRun run = json ? run("get", "m", "-o", "-", "--json") : run("get", "m", "-o", "-");
    assertEquals("", run.out());
    assertNull(backend.gets.getFirst().output());
    String last = run.errLines().getLast();
    assertTrue(json ? last.startsWith("{\"event\":\"result\"") : last.startsWith("sha256: "), last);
  }

  @Test
  void getToStandardOutputAsJsonFailsOnStandardErrorToo() {
    backend.failure = new UserException(ExitCode.NO_NODES, "nobody", "start one");
    CliRun run = run("get", "m", "-o", "-", "--json");
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("{\"event\":\"error\",\"exitCode\":6"), run.err());
  }

  @Test
  void nodesListsWhatEachNodeSays() {
    CliRun run = run("nodes");
    assertTrue(
        run.outLines().get(1).matches("(ab){8}… +http://127.0.0.1:8000 +12 +3.0 GiB +0.1.0"),
        run.out());
    assertEquals("1 node", run.outLines().getLast());
  }

  @Test
  void nodesAsJsonHasIdAndUrl() {
    CliRun run = run("nodes", "--json");
    assertTrue(
        run.out()
            .startsWith(
                "{\"event\":\"result\",\"nodes\":[{\"id\":\""
                    + ScriptedBackend.ID
                    + "\",\"url\":\"http://127.0.0.1:8000\",\"answered\":true,"),
        run.out());
  }

  @Test
  void hostileStatusCannotForgeLines() {
    backend.nodes =
        List.of(
            new NodeStatus(
                ScriptedBackend.ID,
                "http://127.0.0.1:1",
                Map.of("version", "1\n\u001b[2Jok", "chunks", "many", "x\ny", "\r\u202e")));
    CliRun table = run("nodes");
    assertEquals(3, table.outLines().size(), table.out());
    CliRun detail = run("status", "127.0.0.1:1");
    assertEquals(3, detail.outLines().size(), detail.out());
    for (CliRun run : List.of(table, detail)) {
      assertTrue(run.out().chars().allMatch(c -> c == '\n' || c >= ' '), run.out());
      assertFalse(run.out().contains("\u202e"));
    }
  }

  @Test
  void nodeThatDoesNotAnswerIsListedAsSuch() {
    backend.nodes = List.of(new NodeStatus(ScriptedBackend.ID, "http://127.0.0.1:1", Map.of()));
    assertTrue(run("nodes").out().contains("(no answer)"));
    assertTrue(run("status").out().startsWith("1 node found, 0 answered; 0 chunk replicas kept"));
  }

  @Test
  void statusOfOneNodeAsksThatNode() {
    CliRun run = run("status", "http://127.0.0.1:8000/");
    assertEquals(List.of(URI.create("http://127.0.0.1:8000")), backend.asked);
    assertTrue(run.out().contains("freeBytes          3221225472"), run.out());
  }

  @Test
  void infoShowsFactsAndNoKeys() {
    CliRun text = run("info", "a.manifest");
    assertTrue(text.out().contains("Merkle root  " + "ef".repeat(32)), text.out());
    CliRun json = run("info", "a.manifest", "--json");
    assertTrue(json.out().contains("\"compression\":\"zstd\""), json.out());
    assertTrue(json.out().contains("\"readable\":true"), json.out());
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void everyFailureIsTwoLinesWithItsExitCode(ExitCode code) {
    backend.failure = new UserException(code, "it failed", "do this");
    CliRun run = run("get", "a.manifest");
    assertEquals(code.number(), run.exitCode());
    assertEquals(List.of("quintet: it failed", "  do this"), run.errLines());
    assertEquals("", run.out());
  }

  @Test
  void unexpectedExceptionLeavesItsTraceInAPrivateFile() throws IOException {
    backend.failure = new IllegalStateException("internal detail");
    CliRun run = run("get", "a.manifest");
    assertEquals(1, run.exitCode());
    Path log = state.resolve("last-error.log");
    assertEquals(
        List.of(
            "quintet: unexpected error: IllegalStateException",
            "  this is a bug; please report it with the details in " + log),
        run.errLines());
    assertTrue(Files.readString(log).contains("internal detail"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
  }

  @Test
  void unexpectedExceptionWithoutAPlaceForItsTraceIsStillTwoLines() throws IOException {
    Path file = Files.createFile(state.resolve("file"));
    backend.failure = new IllegalStateException("internal detail");
    CliRun run = CliRun.of(backend, file, "get", "a.manifest");
    assertEquals(1, run.exitCode());
    assertEquals(2, run.errLines().size(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "put", "get", "info", "nodes", "status"})
  void helpListsTheExitCodes(String command) {
    CliRun run = command.isEmpty() ? run("--help") : run(command, "--help");
    assertEquals(0, run.exitCode());
    for (ExitCode code : ExitCode.values()) {
      assertTrue(run.out().contains(" " + code.number() + " "), run.out());
      assertTrue(run.out().contains(code.meaning()), run.out());
    }
    assertEquals("", run.err());
  }

  @Test
  void versionIsTheBuilds() {
    CliRun run = run("--version");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().matches("quintet [0-9]+\\.[0-9]+\\.[0-9]+.*\\R"), run.out());
  }

  @Test
  void onATerminalABarIsDrawnAndRemoved() {
    CliRun run = CliRun.of(backend, state, new Terminal(true, 100, false), "put", "a");
    assertTrue(run.err().contains("put  [>"), run.err());
    assertTrue(run.err().endsWith("\r\u001b[K"), run.err());
  }

  @Test
  void auditEndsWithTheFiguresOfTheContract() {
    CliRun run = run("audit", "m", "--json");
    assertEquals(0, run.exitCode());
    assertTrue(
        run.outLines()
            .getLast()
            .endsWith("\"chunks\":2,\"minReplicas\":5,\"proven\":10,\"missing\":0,\"wrong\":0}"),
        run.out());
    assertTrue(run("repair", "m", "--json").out().contains("\"copied\":3"));
  }

  @Test
  void auditAndRepairSayByTheirExitCodeHowTheFileIs() {
    backend.audited = new AuditResult(5, 1, 0, 1, 2, 4, 9, 1, 0);
    assertEquals(5, run("audit", "m").exitCode());
    assertEquals(5, run("repair", "m").exitCode());
    assertTrue(run("audit", "m").out().contains("missing: 1"));
    backend.audited = new AuditResult(5, 0, 0, 0, 2, 5, 10, 0, 1);
    assertEquals(5, run("audit", "m").exitCode());
    backend.audited = new AuditResult(5, 0, 1, 1, 2, 0, 5, 5, 0);
    assertEquals(3, run("audit", "m").exitCode());
    assertEquals(3, run("repair", "m").exitCode());
    assertEquals(2, run("audit").exitCode());
    assertEquals(2, run("repair", "a", "b").exitCode());
    assertEquals(2, run("audit", "").exitCode());
    assertEquals(2, run("manifest").exitCode());
    assertEquals(2, run("manifest", "redact", "m").exitCode());
  }

  @Test
  void aRedactedCopyHasNoKeysAndNeverReplacesItsSource() throws Exception {
    LiveBackend live = new LiveBackend();
    Path missing = state.resolve("missing");
    Path out = state.resolve("out");
    String[] command = {"manifest", "redact", missing.toString(), "-o", out.toString()};
    assertEquals(3, CliRun.of(live, state, command).exitCode());
    CliRun.write(missing, "no manifest");
    assertEquals(4, CliRun.of(live, state, command).exitCode());
    assertTrue(!Files.exists(out));
    assertEquals(4, CliRun.of(live, state, "audit", missing.toString()).exitCode());
    assertEquals(4, CliRun.of(live, state, "repair", missing.toString()).exitCode());
    assertEquals(2, CliRun.of(live, state, "audit", state.toString()).exitCode());
  }
}
