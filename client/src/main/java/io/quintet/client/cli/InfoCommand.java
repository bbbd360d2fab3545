package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `quintet info`: what a manifest says, without its keys.
@Command(
    name = "info",
    description = {"Show what a manifest says about its file.", "Never prints keys."})
public final class InfoCommand implements ClientCommand {
  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE.manifest", description = "the manifest that put wrote")
  private String manifest = "";

  /// Made by the command line.
  InfoCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    ManifestFacts facts = context.backend().get().info(PathArgument.of(manifest));
    output.print(json(facts), text(facts));
    return ExitCode.OK.number();
  }

  private static JsonLine json(ManifestFacts facts) {
    return JsonLine.event("result")
        .with("version", facts.version())
        .with("size", facts.size())
        .with("chunks", facts.chunks())
        .with("distinctChunks", facts.distinctChunks())
        .with("chunkSize", facts.chunkSize())
        .with("compression", facts.compression())
        .with("cipher", facts.cipher())
        .with("content", facts.content())
        .with("replicas", facts.replicas())
        .with("merkleRoot", facts.merkleRoot())
        .with("readable", facts.readable());
  }

  private static String text(ManifestFacts facts) {
    return """
    size         %s (%d bytes)
    content      %s
    chunks       %d of %s, %d distinct
    compression  %s
    cipher       %s
    replicas     %d
    Merkle root  %s
    keys         %s\
    """
        .formatted(
            Amounts.bytes(facts.size()),
            facts.size(),
            facts.content().equals("tar") ? "a directory, as one tar stream" : "a file",
            facts.chunks(),
            Amounts.bytes(facts.chunkSize()),
            facts.distinctChunks(),
            facts.compression(),
            facts.cipher(),
            facts.replicas(),
            facts.merkleRoot(),
            facts.readable()
                ? "present: whoever has this manifest can read the file"
                : "none: redacted, enough to audit and repair, not to read");
  }
}
