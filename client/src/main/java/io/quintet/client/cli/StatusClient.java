package io.quintet.client.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks nodes for `GET /status`. A node is a stranger: time, length, depth and form of its answer
/// are limited, redirects and proxies are not used.
///
/// It uses the runtime's own HTTP client, because a process that only asks this once starts faster
/// without Vert.x.
public final class StatusClient implements AutoCloseable {
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final int DEPTH_MAX = 16;
  private static final int CALLS_MAX = 64;
  private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private final ObjectMapper mapper =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
              .build());
  private final HttpClient http;
  private final Duration timeout;

  /// @param timeout for each call as a whole
  public StatusClient(Duration timeout) {
    this.timeout = timeout;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(timeout)
            .build();
  }

  /// What a control call answered.
  ///
  /// @param fields of the JSON body, none when it had none
  record Answer(int status, Map<String, @Nullable Object> fields) {}

  /// Makes a control call.
  ///
  /// @param token the node's admin token
  /// @throws IOException when there is no answer, or none that makes sense
  Answer post(URI root, String path, String token, String json)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        call(
            HttpRequest.newBuilder(root.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    Map<String, @Nullable Object> fields =
        response.body().length == 0 ? Map.of() : mapper.readValue(response.body(), OBJECT);
    return new Answer(response.statusCode(), fields);
  }

  /// The status of the node at `root`.
  ///
  /// @param root `http://host:port`
  /// @throws IOException when there is no answer, or none that makes sense
  public Map<String, @Nullable Object> get(URI root) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = call(HttpRequest.newBuilder(root.resolve("/status")).build());
    if (response.statusCode() != 200) {
      throw new IOException("it answered with HTTP status " + response.statusCode());
    }
    return mapper.readValue(response.body(), OBJECT);
  }

  private HttpResponse<byte[]> call(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> call =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
    try {
      return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("it cannot be reached or its answer is no status", e);
    } catch (TimeoutException e) {
      throw new IOException("it did not answer within " + timeout.toSeconds() + " s", e);
    } finally {
      call.cancel(true);
    }
  }

  /// The same for many nodes at once, some dozens at a time; in the same order. A node that gives
  /// no answer has no fields.
  public List<Map<String, @Nullable Object>> getAll(List<URI> roots) throws InterruptedException {
    var permits = new Semaphore(CALLS_MAX);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          roots.stream().map(root -> threads.submit(() -> getOrNothing(root, permits))).toList();
      List<Map<String, @Nullable Object>> answers = new ArrayList<>();
      for (var call : calls) {
        answers.add(call.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking for a status failed in an unforeseen way", e);
    }
  }

  private Map<String, @Nullable Object> getOrNothing(URI root, Semaphore permits)
      throws InterruptedException {
    permits.acquire();
    try {
      return get(root);
    } catch (IOException e) {
      return Map.of();
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
