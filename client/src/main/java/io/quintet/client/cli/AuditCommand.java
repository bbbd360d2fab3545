package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.upkeep.AuditResult;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `quintet audit`: counts the replicas of a file by proof.
@Command(
    name = "audit",
    description = {
      "Check that nodes have every byte of a file's chunks, and count the replicas.",
      "A redacted manifest is enough. Exit code 0: all replicas proved; 5: fewer, or a wrong copy;"
          + " 3: a chunk that nobody has."
    })
public final class AuditCommand implements ClientCommand {
  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE.manifest", description = "the manifest, redacted or not")
  private String manifest = "";

  /// Made by the command line.
  AuditCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    NetworkOptions network = common.network();
    Path path = PathArgument.of(manifest);
    AuditResult result =
        output.withProgress(listener -> context.backend().get().audit(network, path, listener));
    output.print(withFigures(JsonLine.event("result"), result), text(result));
    return exitCode(result).number();
  }

  /// The figures of an audit; the five that the contract names come last.
  static JsonLine withFigures(JsonLine line, AuditResult result) {
    return line.with("replicas", result.replicas())
        .with("unreachable", result.unreachable())
        .with("lost", result.lost())
        .with("degraded", result.degraded())
        .with("chunks", result.chunks())
        .with("minReplicas", result.minReplicas())
        .with("proven", result.proven())
        .with("missing", result.missing())
        .with("wrong", result.wrong());
  }

  static String text(AuditResult result) {
    String found =
        "%s, each at %d nodes or more; %d of %d replicas proved"
            .formatted(
                Amounts.count(result.chunks(), "chunk"),
                result.minReplicas(),
                result.proven(),
                result.replicas() * result.chunks());
    if (result.isHealthy()) {
      return found;
    }
    return found
        + "%nmissing: %d, wrong: %d, no answer: %d; chunks with too few replicas: %d, lost: %d"
            .formatted(
                result.missing(),
                result.wrong(),
                result.unreachable(),
                result.degraded(),
                result.lost());
  }

  static ExitCode exitCode(AuditResult result) {
    if (result.lost() > 0) {
      return ExitCode.UNAVAILABLE;
    }
    return result.isHealthy() ? ExitCode.OK : ExitCode.DEGRADED;
  }
}
