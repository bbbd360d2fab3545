package io.quintet.scripts.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;

/// HTTP calls to one node. A call without an answer has the status [#NO_ANSWER].
final class ChunkCalls {
  /// The connection broke or nothing came in time.
  static final int NO_ANSWER = -1;

  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private ChunkCalls() {}

  /// An answer of a node.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, byte[] body) {}

  static int put(String url, byte[] blob) {
    return call(HttpRequest.newBuilder(URI.create(url + "/chunk/" + Blob.id(blob)))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(blob)))
        .status();
  }

  /// Deletes a chunk as its owner does.
  static int delete(String url, Blob blob) {
    return call(HttpRequest.newBuilder(URI.create(url + "/chunk/" + Blob.id(blob.bytes())))
            .header("Quintet-Delete", blob.deleteSecret())
            .DELETE())
        .status();
  }

  /// Asks for a proof of possession, as audits do.
  static int proof(String url, String chunk) {
    String question = "{\"nonce\":\"%s\",\"verifier\":\"%s\"}".formatted(chunk, chunk);
    return call(HttpRequest.newBuilder(URI.create(url + "/chunk/" + chunk + "/proof"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(question)))
        .status();
  }

  /// A control call with the token that lies in the node's directory.
  static int control(Victim node, String path) throws IOException {
    String token = Files.readString(node.data().resolve("admin.token")).strip();
    return call(HttpRequest.newBuilder(URI.create(node.url() + path))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody()))
        .status();
  }

  static Answer get(String url, String path) {
    return call(HttpRequest.newBuilder(URI.create(url + path)));
  }

  static Answer call(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          HTTP.send(request.timeout(ANSWER_MAX).build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(NO_ANSWER, new byte[0]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(NO_ANSWER, new byte[0]);
    }
  }

  /// What a path says in JSON; a missing node when it says nothing.
  static JsonNode json(String url, String path) {
    if (url.isEmpty()) {
      return MissingNode.getInstance();
    }
    Answer answer = get(url, path);
    try {
      return answer.status() == 200
          ? new ObjectMapper().readTree(answer.body())
          : MissingNode.getInstance();
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
