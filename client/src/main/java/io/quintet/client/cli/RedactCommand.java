package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.progress.Printable;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quintet manifest redact`: a copy of a manifest without its keys.
@Command(
    name = "redact",
    description = {
      "Write a copy of a manifest without its keys.",
      "Whoever has it can audit and repair the file, but neither read nor delete it."
    })
public final class RedactCommand implements ClientCommand {
  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE.manifest", description = "the manifest that put wrote")
  private String manifest = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "where the copy goes")
  private String target = "";

  @Option(names = "--force", description = "replace an existing file")
  private boolean force;

  /// Made by the command line.
  RedactCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    Path path = PathArgument.of(target);
    context.backend().get().redact(PathArgument.of(manifest), path, force);
    output.print(
        JsonLine.event("result").with("path", path.toString()),
        "redacted copy: "
            + Printable.of(path.toString())
            + System.lineSeparator()
            + "it is enough to audit and repair, not to read or delete");
    return ExitCode.OK.number();
  }
}
