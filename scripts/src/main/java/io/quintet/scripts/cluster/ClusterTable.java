package io.quintet.scripts.cluster;

import io.quintet.client.cli.StatusClient;
import io.quintet.client.progress.Printable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The nodes of a local cluster with what they say now, as text and as JSON.
final class ClusterTable {
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);

  private ClusterTable() {}

  /// @param chunks null when the node was not asked or did not answer
  record Row(NodeProcess node, boolean alive, @Nullable Long chunks) {}

  static List<Row> withoutStatus(ClusterState state) {
    return state.nodes().stream().map(node -> new Row(node, node.isAlive(), null)).toList();
  }

  static List<Row> withStatus(ClusterState state) throws InterruptedException {
    List<NodeProcess> alive =
        state.nodes().stream().filter(node -> node.isAlive() && !node.url().isEmpty()).toList();
    List<URI> roots = alive.stream().map(NodeProcess::uri).toList();
    Map<Integer, Long> chunks = new LinkedHashMap<>();
    try (StatusClient client = new StatusClient(STATUS_TIMEOUT)) {
      List<Map<String, @Nullable Object>> answers = client.getAll(roots);
      for (int i = 0; i < alive.size(); i++) {
        // Another program may listen on a dead node's port; only the node itself counts.
        boolean itself = alive.get(i).id().equals(answers.get(i).get("id"));
        if (itself && answers.get(i).get("chunks") instanceof Number number) {
          chunks.put(alive.get(i).number(), number.longValue());
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (NodeProcess node : state.nodes()) {
      rows.add(new Row(node, node.isAlive(), chunks.get(node.number())));
    }
    return rows;
  }

  static String text(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(line("NODE", "PID", "STATE", "CHUNKS", "URL", "ID"));
    for (Row row : rows) {
      NodeProcess node = row.node();
      lines.add(
          line(
              Integer.toString(node.number()),
              row.alive() ? Long.toString(node.pid()) : "-",
              row.alive() ? "alive" : "dead",
              row.chunks() == null ? "-" : row.chunks().toString(),
              node.url(),
              Printable.of(node.id(), 17)));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(String... cells) {
    return "%-4s  %8s  %-5s  %7s  %-22s  %s".formatted((Object[]) cells);
  }

  static List<Map<String, @Nullable Object>> json(List<Row> rows) {
    return rows.stream().map(ClusterTable::json).toList();
  }

  private static Map<String, @Nullable Object> json(Row row) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", row.node().id());
    fields.put("url", row.node().url());
    fields.put("pid", row.node().pid());
    fields.put("dir", row.node().dir().toString());
    fields.put("chunks", row.chunks());
    fields.put("alive", row.alive());
    return fields;
  }
}
