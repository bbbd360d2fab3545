package io.quintet.scripts.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The results of join scenarios in a file of results, one JSON object on each line.
record JoinResults(List<JsonNode> joins) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Reads `results`.
  ///
  /// @throws UserException with `UNAVAILABLE` when it cannot be read or holds no such result
  static JoinResults read(Path results) {
    List<JsonNode> joins = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(results)) {
        JsonNode result = line.isBlank() ? JSON.createObjectNode() : JSON.readTree(line);
        if (result.path("scenario").asText().equals("join")) {
          joins.add(result);
        }
      }
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot read results from " + results,
          "name a file with one result of simulate --json on each line",
          e);
    }
    if (joins.isEmpty()) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "no result of a join scenario is in " + results,
          "add some: scripts/quintet simulate join --nodes 1000 --seed 1 --json >> FILE");
    }
    return new JoinResults(joins);
  }

  /// One figure against the number of nodes.
  ///
  /// @param filled whether the tables were filled instead of joined one by one
  List<Plot.Point> points(String figure, boolean filled) {
    return joins.stream()
        .filter(each -> each.path("filledTables").asBoolean() == filled)
        .map(each -> new Plot.Point(each.path("nodes").asDouble(), each.path(figure).asDouble()))
        .toList();
  }
}
