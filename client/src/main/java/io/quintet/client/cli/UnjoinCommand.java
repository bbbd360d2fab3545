package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.progress.ProgressListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quintet unjoin`: takes a node out of its network for good.
@Command(
    name = "unjoin",
    description = {
      "Let a node of this machine leave its network for good.",
      "It takes no more chunks, hands each one to a node that lacks it and has it proved, says"
          + " goodbye, removes its files and ends. Ctrl-C ends the watching, not the leaving; a"
          + " node that is started again goes on with it."
    })
public final class UnjoinCommand implements ClientCommand {
  // The node looks at its chunks before it answers.
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "URL", description = "the node's address, such as http://127.0.0.1:8000")
  private String url = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the node's data directory, where its admin token is (default: that of a node or cluster"
              + " which this user runs without --data or --dir)")
  private @Nullable Path data;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file that holds the node's admin token")
  private @Nullable Path tokenFile;

  @Option(
      names = "--force",
      description = "leave also when the others cannot hold every replica; one copy is always kept")
  private boolean force;

  /// Made by the command line.
  UnjoinCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    URI node = NodeAddress.of(url);
    String token = AdminToken.find(node, tokenFile, data);
    UnjoinResult result = output.withProgress(listener -> run(node, token, listener));
    output.print(
        JsonLine.event("result")
            .with("url", result.node().toString())
            .with("chunks", result.chunks())
            .with("copies", result.copies())
            .with("copiedBytes", result.copiedBytes())
            .with("others", result.others())
            .with("degraded", result.degraded())
            .with("seconds", result.seconds()),
        text(result));
    if (result.degraded()) {
      output.caution(
          "degraded: some chunks are on fewer nodes than their owners want",
          "start more nodes; the copies are made by themselves then");
    }
    return result.degraded() ? ExitCode.DEGRADED.number() : ExitCode.OK.number();
  }

  private UnjoinResult run(URI node, String token, ProgressListener listener) {
    try (StatusClient client = new StatusClient(TIMEOUT)) {
      return new UnjoinRun(client, listener, node).run(token, force);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(
          ExitCode.INTERRUPTED,
          "interrupted; the node goes on leaving",
          "run the command again to watch it",
          e);
    }
  }

  private static String text(UnjoinResult result) {
    return "%s has left: %s handed over to %s, %s (%s) made for that, in %s"
        .formatted(
            result.node(),
            Amounts.count(result.chunks(), "chunk"),
            Amounts.count(result.others(), "node"),
            result.copies() == 1 ? "1 copy" : result.copies() + " copies",
            Amounts.bytes(result.copiedBytes()),
            Amounts.seconds(result.seconds()));
  }
}
