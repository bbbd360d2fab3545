package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.download.DownloadRequest;
import io.quintet.client.download.DownloadResult;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.progress.Printable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quintet get`: restores what a manifest describes.
@Command(
    name = "get",
    description = {
      "Restore a file or a directory from its manifest.",
      "Works while one holder of each chunk lives; every byte is verified."
    })
public final class GetCommand implements ClientCommand {
  private static final String STANDARD_OUTPUT = "-";

  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE.manifest", description = "the manifest that put wrote")
  private String manifest = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description = {
        "where the file goes, or - for standard output (with --json, events then go to standard"
            + " error; default: the manifest's name without .manifest, here)"
      })
  private @Nullable String target;

  @Option(names = "--force", description = "replace an existing file")
  private boolean force;

  /// Made by the command line.
  GetCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output terminal = common.output(context);
    Output output = takesStandardOutput() ? terminal.withoutStandardOutput() : terminal;
    NetworkOptions network = common.network();
    DownloadRequest request = request();
    DownloadResult result =
        output.withProgress(listener -> context.backend().get().get(network, request, listener));
    output.print(json(result), text(result));
    return ExitCode.OK.number();
  }

  @Override
  public boolean takesStandardOutput() {
    return STANDARD_OUTPUT.equals(target);
  }

  private DownloadRequest request() {
    Path source = PathArgument.of(manifest);
    if (takesStandardOutput()) {
      return new DownloadRequest(source, null, force);
    }
    Path path = target == null ? ManifestName.withoutSuffix(source) : PathArgument.of(target);
    return new DownloadRequest(source, path, force);
  }

  private static JsonLine json(DownloadResult result) {
    return JsonLine.event("result")
        .with("path", result.path())
        .with("size", result.size())
        .with("sha256", result.sha256())
        .with("seconds", result.seconds());
  }

  private static String text(DownloadResult result) {
    String name =
        result.path().equals(STANDARD_OUTPUT) ? "standard output" : Printable.of(result.path());
    return "restored %s: %s in %s (%s), verified%nsha256: %s"
        .formatted(
            name,
            Amounts.bytes(result.size()),
            Amounts.seconds(result.seconds()),
            Amounts.rate(result.size() / Math.max(1e-3, result.seconds())),
            result.sha256());
  }
}
