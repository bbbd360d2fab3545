package io.quintet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node asks of the kernel, seen by strace: whatever file it puts in place has been synced
/// before, and its directory is synced after. Without strace the test is skipped.
class SyncTraceTest {
  private static final String QUOTED = "\"([^\"]*)\"";
  private static final Pattern SYNC = Pattern.compile("\\bf(?:data)?sync\\(\\d+<([^>]*)>");
  private static final Pattern RENAME =
      Pattern.compile(
          "\\b(?:rename|link)(?:at2?)?\\((?:AT_FDCWD[^,]*, )?"
              + QUOTED
              + ", (?:AT_FDCWD[^,]*, )?"
              + QUOTED);
  private static final Pattern UNLINK =
      Pattern.compile("\\bunlink(?:at)?\\((?:AT_FDCWD[^,]*, )?" + QUOTED);

  @TempDir Path dir;

  @Test
  void everyFileIsSyncedBeforeItIsPutInPlaceAndItsDirectoryAfterwards() throws Exception {
    assumeTrue(straceWorks(), "strace is not installed, or may not trace here");
    Path data = dir.toRealPath().resolve("data");
    Path trace = dir.resolve("trace");
    try (NodeProcess node =
        NodeProcess.startUnder(
            List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-y",
                "-s",
                "1000",
                "-e",
                "trace=fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat",
                "-o",
                trace.toString()),
            data,
            "--json",
            "--port",
            "0")) {
      JsonObject ready = node.ready();
      putAndDelete(ready.getString("url"));
      ProcessHandle.of(ready.getLong("pid")).orElseThrow().destroy();
      assertEquals(0, node.exitCode());
    }
    List<String> calls = Files.readAllLines(trace);
    List<String> wrong = new ArrayList<>();
    int renames = 0;
    for (int i = 0; i < calls.size(); i++) {
      Matcher rename = RENAME.matcher(calls.get(i));
      if (rename.find() && rename.group(2).startsWith(data.toString())) {
        renames++;
        if (!synced(calls.subList(0, i), rename.group(1))) {
          wrong.add("not synced before: " + calls.get(i));
        }
        if (!synced(calls.subList(i, calls.size()), parent(rename.group(2)))) {
          wrong.add("directory not synced after: " + calls.get(i));
        }
      }
      Matcher unlink = UNLINK.matcher(calls.get(i));
      if (unlink.find()
          && unlink.group(1).matches(Pattern.quote(data.toString()) + "/chunks/../[0-9a-f]{64}")
          && !synced(calls.subList(i, calls.size()), parent(unlink.group(1)))) {
        wrong.add("directory not synced after: " + calls.get(i));
      }
    }
    assertEquals(List.of(), wrong);
    // The key, the token, the boot counter, node.json, the chunk, the clean mark.
    assertTrue(renames >= 5, () -> String.join("\n", calls));
  }

  private static boolean synced(List<String> calls, String path) {
    for (String call : calls) {
      Matcher sync = SYNC.matcher(call);
      if (sync.find() && sync.group(1).equals(path)) {
        return true;
      }
    }
    return false;
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static void putAndDelete(String url) throws Exception {
    byte[] secret = new byte[32];
    byte[] blob = new byte[5_000];
    System.arraycopy("QNT1".getBytes(StandardCharsets.US_ASCII), 0, blob, 0, 4);
    blob[4] = 5;
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update("quintet/delete/v1".getBytes(StandardCharsets.US_ASCII));
    System.arraycopy(sha256.digest(secret), 0, blob, 5, 32);
    URI chunk = URI.create(url + "/chunk/" + HexFormat.of().formatHex(sha256.digest(blob)));
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest put =
        HttpRequest.newBuilder(chunk).PUT(HttpRequest.BodyPublishers.ofByteArray(blob)).build();
    assertEquals(201, client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode());
    HttpRequest delete =
        HttpRequest.newBuilder(chunk)
            .header("Quintet-Delete", HexFormat.of().formatHex(secret))
            .DELETE()
            .build();
    assertEquals(204, client.send(delete, HttpResponse.BodyHandlers.discarding()).statusCode());
  }

  private static boolean straceWorks() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
