package io.quintet.scripts.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// What is remembered about a local cluster between commands, in `cluster.json`.
///
/// @param network the network's name in beacons
/// @param udpPort the beacons' port
public record ClusterState(String network, int udpPort, List<NodeProcess> nodes) {
  private static final int BYTES_MAX = 1 << 20;

  /// Keeps its own copy.
  public ClusterState {
    nodes = List.copyOf(nodes);
  }

  /// The same with one more node.
  ClusterState with(NodeProcess node) {
    List<NodeProcess> more = new ArrayList<>(nodes);
    more.add(node);
    return new ClusterState(network, udpPort, more);
  }

  /// Reads the file.
  ///
  /// @throws IOException when it cannot be read or is no such file, with a message that says which
  ///   value is wrong
  static ClusterState read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException("it is larger than " + BYTES_MAX + " bytes");
    }
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readString(file));
      List<NodeProcess> nodes = new ArrayList<>();
      for (JsonNode node : json.path("nodes")) {
        nodes.add(node(node));
      }
      return new ClusterState(text(json, "network"), (int) number(json, "udpPort"), nodes);
    } catch (JacksonException e) {
      throw new IOException("it is no JSON", e);
    }
  }

  private static NodeProcess node(JsonNode json) throws IOException {
    return new NodeProcess(
        (int) number(json, "number"),
        text(json, "id"),
        text(json, "url"),
        number(json, "pid"),
        number(json, "startedMillis"),
        Path.of(text(json, "dir")));
  }

  private static String text(JsonNode json, String field) throws IOException {
    if (!json.path(field).isTextual()) {
      throw new IOException(field + " is missing or no text");
    }
    return json.path(field).textValue();
  }

  private static long number(JsonNode json, String field) throws IOException {
    if (!json.path(field).isIntegralNumber()) {
      throw new IOException(field + " is missing or no number");
    }
    return json.path(field).longValue();
  }

  /// Replaces the file in one step.
  void write(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode().put("network", network).put("udpPort", udpPort);
    ArrayNode list = json.putArray("nodes");
    for (NodeProcess node : nodes) {
      list.addObject()
          .put("number", node.number())
          .put("id", node.id())
          .put("url", node.url())
          .put("pid", node.pid())
          .put("startedMillis", node.startedMillis())
          .put("dir", node.dir().toString());
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
