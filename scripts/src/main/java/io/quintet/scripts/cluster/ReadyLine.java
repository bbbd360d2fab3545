package io.quintet.scripts.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds in a node's log what it printed since its start: the line that says it is ready, or the
/// last words before it ended.
///
/// @param offset length of the log before the start
record ReadyLine(Path log, long offset) {
  private static final int BYTES_MAX = 1 << 20;

  /// What a node says of itself when it is ready.
  record Ready(String id, String url, long pid) {}

  static ReadyLine after(Path log) throws IOException {
    return new ReadyLine(log, Files.exists(log) ? Files.size(log) : 0);
  }

  Optional<Ready> find() {
    return lines().stream()
        .filter(line -> line.startsWith("{"))
        .map(ReadyLine::parse)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// The last line that is not empty, or a word that there is none.
  String lastWords() {
    return lines().stream()
        .filter(line -> !line.isBlank())
        .reduce((_, last) -> last.strip())
        .orElse("it said nothing");
  }

  private List<String> lines() {
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(offset);
      String text = new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
      // A line that is still being written has no end yet.
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Ready> parse(String line) {
    try {
      JsonNode json = new ObjectMapper().readTree(line);
      return json.path("event").asText().equals("ready")
          ? Optional.of(
              new Ready(
                  json.path("id").asText(), json.path("url").asText(), json.path("pid").asLong()))
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
