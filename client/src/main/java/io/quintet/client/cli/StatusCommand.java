package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.progress.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `quintet status`: one node in detail, or a summary of all.
@Command(
    name = "status",
    description = "Show the status of one node, or a summary of every node that is found.")
public final class StatusCommand implements ClientCommand {
  private static final int VALUE_LENGTH_MAX = 200;

  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "URL",
      arity = "0..1",
      description = "a node's address, such as http://127.0.0.1:8000")
  private @Nullable String url;

  /// Made by the command line.
  StatusCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    NetworkOptions network = common.network();
    if (url != null) {
      NodeStatus node = context.backend().get().status(NodeAddress.of(url));
      output.print(JsonLine.event("result").withAll(NodeTable.json(node)), detail(node));
    } else {
      List<NodeStatus> nodes = context.backend().get().nodes(network);
      output.print(summaryJson(nodes), summary(nodes));
    }
    return ExitCode.OK.number();
  }

  private static String detail(NodeStatus node) {
    return node.fields().entrySet().stream()
        .map(StatusCommand::detailLine)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String detailLine(Map.Entry<String, @Nullable Object> field) {
    String name = Printable.of(field.getKey(), 40);
    return "%-18s %s"
        .formatted(name, Printable.of(String.valueOf(field.getValue()), VALUE_LENGTH_MAX));
  }

  private static JsonLine summaryJson(List<NodeStatus> nodes) {
    ReplicaSummary replicas = ReplicaSummary.of(nodes);
    return JsonLine.event("result")
        .with("nodeCount", nodes.size())
        .with("answered", nodes.stream().filter(NodeStatus::answered).count())
        .with("chunks", sum(nodes, NodeTable.CHUNKS))
        .with("freeBytes", sum(nodes, NodeTable.FREE))
        .with("replicas", replicasJson(replicas))
        .with("secondsToFullHealth", replicas.secondsToFullHealth())
        .with("uncountedReplicas", replicas.uncounted())
        .with("nodes", NodeTable.json(nodes));
  }

  private static String summary(List<NodeStatus> nodes) {
    long answered = nodes.stream().filter(NodeStatus::answered).count();
    return "%s found, %d answered; %d chunk replicas kept, %s free%n%s"
        .formatted(
            Amounts.count(nodes.size(), "node"),
            answered,
            sum(nodes, NodeTable.CHUNKS),
            Amounts.bytes(sum(nodes, NodeTable.FREE)),
            ReplicaSummary.of(nodes).text());
  }

  private static Map<String, Object> replicasJson(ReplicaSummary replicas) {
    Map<String, Object> json = new LinkedHashMap<>();
    replicas.chunks().forEach((count, chunks) -> json.put(String.valueOf(count), chunks));
    return json;
  }

  private static long sum(List<NodeStatus> nodes, String field) {
    // What strangers report may be anything; a sum that cannot be true is cut, not wrapped.
    double sum = 0;
    for (NodeStatus node : nodes) {
      Long number = node.number(field);
      sum += number == null ? 0 : Math.max(0, number);
    }
    return (long) sum;
  }
}
