package io.quintet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class NodeCommandTest {
  private static final byte[] BLOB = "a chunk".getBytes(StandardCharsets.UTF_8);

  @TempDir Path dir;

  private record Ran(int exitCode, String err) {}

  private static Ran run(String... args) {
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new NodeCommand()).setErr(new PrintWriter(err, true));
    return new Ran(command.execute(args), err.toString());
  }

  @Test
  void aNodeSurvivesKillAndStopsCleanlyOnSigterm() throws Exception {
    Path data = dir.resolve("node");
    try (NodeProcess node = NodeProcess.start(data, "--port", "0", "--json")) {
      JsonObject ready = node.ready();
      assertEquals("ready", ready.getString("event"));
      assertEquals(node.pid(), ready.getLong("pid"));
      assertEquals(data.toString(), ready.getString("dir"));
      assertEquals(ready, new JsonObject(Files.readString(data.resolve("node.json"))));
      assertEquals(201, put(ready.getString("url")));
      Ran second = run("--data", data.toString(), "--interface", "lo");
      assertEquals(7, second.exitCode());
      assertEquals(2, second.err().lines().count(), second::err);
      node.kill();
    }
    assertFalse(Files.exists(data.resolve("clean")));
    try (Stream<Path> left = Files.list(NodeProcess.temporary(data))) {
      assertEquals(List.of(), left.toList(), "outside its directory a killed node leaves nothing");
    }
    try (NodeProcess node = NodeProcess.start(data, "--port", "0", "--json")) {
      JsonObject again = node.ready();
      assertEquals(200, put(again.getString("url")), "the chunk is there already");
      assertEquals(0, node.terminate());
      assertTrue(Files.exists(data.resolve("clean")));
      assertFalse(Files.exists(data.resolve("node.json")));
    }
    assertEquals("", Files.readString(dir.resolve("node.log")), "nothing on standard error");
  }

  private static int put(String url) throws Exception {
    String id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BLOB));
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(url + "/chunk/" + id))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(BLOB))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void aPortThatIsTakenIsRefusedInTwoLines() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Ran ran = run("--data", dir.resolve("n").toString(), "--interface", "lo", "--port", port);
      assertEquals(7, ran.exitCode());
      assertTrue(ran.err().contains(port), ran::err);
      assertEquals(2, ran.err().lines().count(), ran::err);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--capacity=nonsense",
        "--capacity=0",
        "--port=70000",
        "--network=a b",
        "--udp-port=0",
        "--bootstrap=nowhere",
        "--label=x",
        "--unknown"
      })
  void aWrongCommandLineIsAUsageError(String option) {
    assertEquals(2, run("--data", dir.resolve("n").toString(), option).exitCode());
    assertFalse(Files.exists(dir.resolve("n")), "and nothing was touched");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "500, 500",
    "10GB, 10000000000",
    "10 GiB, 10737418240",
    "1kb, 1000",
    "2MiB, 2097152",
    "3T, 3000000000000",
    "7B, 7"
  })
  void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
    assertEquals(bytes, new ByteCount.Converter().convert(text).bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "10XB", "GB", "1iB", "1.5GB", "999999999999999PB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThrows(TypeConversionException.class, () -> new ByteCount.Converter().convert(text));
  }

  @Test
  void noReserveIsAReserveOfNothing() {
    assertEquals(0, new ByteCount.OrNone().convert("0").bytes());
    assertEquals(0, new ByteCount.OrNone().convert("0MB").bytes());
    assertThrows(TypeConversionException.class, () -> new ByteCount.OrNone().convert("none"));
  }

  @Test
  void helpNamesEveryOptionWithItsDefault() {
    StringWriter out = new StringWriter();
    new CommandLine(new NodeCommand()).usage(new PrintWriter(out, true));
    for (String word :
        new String[] {
          "--data",
          "--port",
          "--bind",
          "--bootstrap",
          "--capacity",
          "--label",
          "--network",
          "--udp-port",
          "--interface",
          "--json",
          "default: 9999",
          "exits with 0"
        }) {
      assertTrue(out.toString().contains(word), word);
    }
  }
}
