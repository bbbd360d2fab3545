package io.quintet.scripts.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What one node holds, by its own API. Owned by one thread.
public final class Holdings implements AutoCloseable {
  private static final int OK = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI node;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Of the node whose API has this root.
  public Holdings(URI node) {
    this.node = node;
  }

  /// The ids of all its chunks.
  public List<String> ids() throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    String path = "/chunks";
    while (!path.isEmpty()) {
      JsonNode page = new ObjectMapper().readTree(get(path));
      page.path("chunks").forEach(chunk -> ids.add(chunk.path("id").asText()));
      path = page.has("next") ? "/chunks?after=" + page.path("next").asText() : "";
    }
    return ids;
  }

  /// How many of `ids` it sends with the right bytes.
  public int readable(List<String> ids) throws IOException, InterruptedException {
    int right = 0;
    for (String id : ids) {
      right += HexFormat.of().formatHex(sha256(get("/chunk/" + id))).equals(id) ? 1 : 0;
    }
    return right;
  }

  private byte[] get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(node.resolve(path)).timeout(TIMEOUT).build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return answer.statusCode() == OK ? answer.body() : new byte[0];
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
