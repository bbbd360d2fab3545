package io.quintet.client.cli;

import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Renders nodes as a table for people, and as objects for JSON.
final class NodeTable {
  /// The field of a node's status that counts its chunks.
  static final String CHUNKS = "chunks";

  /// The field of a node's status that says how many bytes it can still take.
  static final String FREE = "freeBytes";

  private static final String VERSION = "version";
  private static final int ID_DIGITS_SHOWN = 16;

  private NodeTable() {}

  static String text(List<NodeStatus> nodes) {
    List<String> lines = new ArrayList<>();
    lines.add(row("ID", "URL", "CHUNKS", "FREE", "VERSION"));
    for (NodeStatus node : nodes) {
      String id = Printable.of(node.id(), ID_DIGITS_SHOWN + 1);
      String url = Printable.of(node.url(), 60);
      lines.add(
          node.answered()
              ? row(id, url, chunks(node), free(node), version(node))
              : row(id, url, "-", "-", "(no answer)"));
    }
    lines.add(Amounts.count(nodes.size(), "node"));
    return String.join(System.lineSeparator(), lines);
  }

  static List<Map<String, @Nullable Object>> json(List<NodeStatus> nodes) {
    return nodes.stream().map(NodeTable::json).toList();
  }

  /// The node's own fields, after `id` and `url`, which are what the client itself found.
  static Map<String, @Nullable Object> json(NodeStatus node) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", node.id());
    fields.put("url", node.url());
    fields.put("answered", node.answered());
    node.fields().forEach(fields::putIfAbsent);
    return fields;
  }

  private static String row(String id, String url, String chunks, String free, String version) {
    return "%-17s  %-24s %8s %11s  %s".formatted(id, url, chunks, free, version);
  }

  private static String chunks(NodeStatus node) {
    Long chunks = node.number(CHUNKS);
    return chunks == null ? "?" : chunks.toString();
  }

  private static String free(NodeStatus node) {
    Long free = node.number(FREE);
    return free == null ? "?" : Amounts.bytes(free);
  }

  private static String version(NodeStatus node) {
    String version = node.text(VERSION);
    return version == null ? "?" : Printable.of(version, 24);
  }
}
