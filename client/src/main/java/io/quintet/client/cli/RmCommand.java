package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.progress.Printable;
import io.quintet.client.removal.RemovalResult;
import java.io.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quintet rm`: deletes what a manifest describes from the network.
@Command(
    name = "rm",
    description = {
      "Delete a file or a directory from the network, for ever.",
      "Every holder that can be reached deletes its copies now; one that is away deletes when it"
          + " comes back. The manifest itself is kept. Chunks that another version of the file"
          + " shares with this one go, too."
    })
public final class RmCommand implements ClientCommand {
  private static final int SHOWN_NODES_MAX = 20;

  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE.manifest", description = "the manifest that put wrote")
  private String manifest = "";

  @Option(
      names = "--receipt",
      paramLabel = "FILE",
      description =
          "the receipt of the put, which names holders that have been away for long (default:"
              + " FILE.manifest.receipt or FILE.receipt, if there is one)")
  private @Nullable Path receipt;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask (it asks on a terminal only)")
  private boolean yes;

  /// Made by the command line.
  RmCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    NetworkOptions network = common.network();
    Path path = PathArgument.of(manifest);
    confirm(output, path);
    RemovalResult result =
        output.withProgress(
            listener -> context.backend().get().remove(network, path, receipt, listener));
    print(output, path, result);
    return result.complete() ? ExitCode.OK.number() : ExitCode.DEGRADED.number();
  }

  // Error Prone knows JDK 22 to 24, where a console was always there; JDK 25 has none for a pipe.
  @SuppressWarnings("SystemConsoleNull")
  private void confirm(Output output, Path path) {
    Console console = System.console();
    if (yes
        || output.json()
        || !context.terminal().interactive()
        || console == null
        || !console.isTerminal()) {
      return;
    }
    String answer =
        console.readLine(
            "delete what %s describes from the network, for ever? [y/N] ",
            Printable.of(path.toString()));
    if (answer == null || !answer.strip().matches("[yY]([eE][sS])?")) {
      throw new UserException(
          ExitCode.REFUSED, "nothing was deleted", "answer y, or use --yes, to delete it");
    }
  }

  private static void print(Output output, Path path, RemovalResult result) {
    List<Map<String, Object>> pending = new ArrayList<>();
    for (RemovalResult.Pending each : result.pending()) {
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("id", each.id());
      node.put("url", each.url());
      node.put("chunks", each.chunks());
      node.put("why", each.why());
      pending.add(node);
    }
    output.print(
        JsonLine.event("result")
            .with("chunks", result.chunks())
            .with("deleted", result.worst().deleted())
            .with("holders", result.worst().holders())
            .with("complete", result.complete())
            .with("incompleteChunks", result.incomplete())
            .with("unknownHolders", result.unknownHolders())
            .with("pending", pending)
            .with("manifest", path.toString())
            .with("seconds", result.seconds()),
        text(path, result));
  }

  private static String text(Path path, RemovalResult result) {
    String name = Printable.of(path.toString());
    if (result.chunks() == 0) {
      return "%s describes no chunks: there was nothing to delete".formatted(name);
    }
    StringBuilder text =
        new StringBuilder(
            "deleted on %d of %d: %s of %s in %s"
                .formatted(
                    result.worst().deleted(),
                    result.worst().holders(),
                    Amounts.count(result.chunks(), "chunk"),
                    name,
                    Amounts.seconds(result.seconds())));
    for (RemovalResult.Pending each :
        result.pending().subList(0, Math.min(SHOWN_NODES_MAX, result.pending().size()))) {
      text.append(
          "%nnode %s%s %s%s (%s)"
              .formatted(
                  each.id().substring(0, 8),
                  each.url().isEmpty() ? "" : " at " + each.url(),
                  Printable.of(each.why()),
                  each.why().equals(RemovalResult.REFUSES) ? "" : ": deletes when it returns",
                  Amounts.count(each.chunks(), "chunk")));
    }
    if (result.pending().size() > SHOWN_NODES_MAX) {
      text.append("%nand %d more nodes".formatted(result.pending().size() - SHOWN_NODES_MAX));
    }
    if (result.unknownHolders() > 0) {
      text.append(
          "%n%s not known: deletes when it returns, if it is not lost"
              .formatted(Amounts.count(result.unknownHolders(), "holder")));
    }
    return text + "%n%s is kept; it brings nothing back any more".formatted(name);
  }
}
