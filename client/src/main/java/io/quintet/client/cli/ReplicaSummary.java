package io.quintet.client.cli;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How many chunks have how many replicas, by what all nodes say: each chunk is counted by its
/// first holder alone.
///
/// @param chunks number of chunks by number of replicas, most replicas first
/// @param secondsToFullHealth when every chunk will have all its replicas, by the slowest node's
///   estimate: 0 when all have, -1 when a node knows nobody with room for a missing replica
/// @param uncounted replicas that nodes have and did not count yet: they are new
record ReplicaSummary(Map<Integer, Long> chunks, long secondsToFullHealth, long uncounted) {
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,3}");
  private static final long SECONDS_MAX = 10L * 365 * 86_400;

  static ReplicaSummary of(List<NodeStatus> nodes) {
    Map<Integer, Long> chunks = new TreeMap<>(Collections.reverseOrder());
    long seconds = 0;
    boolean stuck = false;
    long uncounted = 0;
    for (NodeStatus node : nodes) {
      // What strangers report may be anything: what does not fit counts as nothing.
      if (node.fields().get("replicas") instanceof Map<?, ?> replicas) {
        if (replicas.get("asFirstHolder") instanceof Map<?, ?> counts) {
          counts.forEach((count, number) -> add(chunks, count, number));
        }
        uncounted = sum(uncounted, uncounted(node, replicas));
        long said = number(replicas.get("secondsToFullHealth"));
        stuck |= said < 0;
        seconds = Math.max(seconds, Math.min(SECONDS_MAX, said));
      }
    }
    return new ReplicaSummary(chunks, stuck ? -1 : seconds, uncounted);
  }

  private static long uncounted(NodeStatus node, Map<?, ?> replicas) {
    Long kept = node.number(NodeTable.CHUNKS);
    long counted = 0;
    if (replicas.get("chunks") instanceof Map<?, ?> counts) {
      for (Object number : counts.values()) {
        counted = sum(counted, Math.max(0, number(number)));
      }
    }
    return kept == null ? 0 : Math.max(0, Math.min(kept, Long.MAX_VALUE / 4) - counted);
  }

  private static void add(Map<Integer, Long> chunks, @Nullable Object count, @Nullable Object n) {
    long number = number(n);
    if (count instanceof String text && COUNT.matcher(text).matches() && number > 0) {
      chunks.merge(Integer.parseInt(text), number, ReplicaSummary::sum);
    }
  }

  private static long sum(long a, long b) {
    return Math.min(Long.MAX_VALUE / 2, Math.min(a, Long.MAX_VALUE / 4) + b);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Long || value instanceof Integer
        ? Math.clamp(((Number) value).longValue(), -1, Long.MAX_VALUE / 4)
        : 0;
  }

  /// One line for people.
  String text() {
    if (chunks.isEmpty()) {
      return "no chunks were counted yet";
    }
    String counts =
        chunks.entrySet().stream()
            .map(entry -> entry.getValue() + " at " + entry.getKey())
            .collect(Collectors.joining(", "));
    String when =
        secondsToFullHealth == 0
            ? uncounted == 0 ? "all replicas are there" : "all of those are complete"
            : secondsToFullHealth < 0
                ? "full health needs more nodes with room"
                : "full health in about " + span(secondsToFullHealth);
    String rest = uncounted == 0 ? "" : "; " + uncounted + " new replicas are not counted yet";
    return "chunks by replicas: " + counts + "; " + when + rest;
  }

  private static String span(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }
}
