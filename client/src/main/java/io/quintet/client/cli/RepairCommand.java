package io.quintet.client.cli;

import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.upkeep.RepairResult;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `quintet repair`: restores the replicas of a file now.
@Command(
    name = "repair",
    description = {
      "Make the missing replicas of a file's chunks now, without waiting for the nodes to do it.",
      "A redacted manifest is enough. Exit code 0: all replicas are there; 5: fewer; 3: a chunk"
          + " that nobody has."
    })
public final class RepairCommand implements ClientCommand {
  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE.manifest", description = "the manifest, redacted or not")
  private String manifest = "";

  /// Made by the command line.
  RepairCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    NetworkOptions network = common.network();
    Path path = PathArgument.of(manifest);
    RepairResult result =
        output.withProgress(listener -> context.backend().get().repair(network, path, listener));
    output.print(
        AuditCommand.withFigures(
            JsonLine.event("result").with("copied", result.copied()).with("nodes", result.nodes()),
            result.after()),
        text(result));
    return AuditCommand.exitCode(result.after()).number();
  }

  private static String text(RepairResult result) {
    String made =
        result.copied() == 0
            ? "nothing was missing that could be made"
            : "made " + Amounts.count(result.copied(), "replica");
    if (result.after().isHealthy() && result.copied() == 0) {
      made = "nothing was missing";
    }
    String text = made + "; " + AuditCommand.text(result.after());
    return result.after().isHealthy() || result.nodes() >= result.after().replicas()
        ? text
        : text
            + "%nonly %s answered; %d replicas need as many"
                .formatted(Amounts.count(result.nodes(), "node"), result.after().replicas());
  }
}
