package io.quintet.scripts.bench.codec;

import io.quintet.client.ExitCode;
import io.quintet.client.cli.ClientCommand;
import io.quintet.client.progress.JsonLine;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `quintet codec-probe FILE`: one fresh client process's share of the benchmark, under the flags
/// that the launcher gives a put.
@Command(
    name = "codec-probe",
    hidden = true,
    description = "Share of scripts/bench: puts FILE on nodes that forget it, and says how long.")
public final class CodecProbeCommand implements ClientCommand {
  @Parameters(paramLabel = "FILE")
  private @Nullable Path file;

  @Option(names = "--rounds", defaultValue = "1")
  private int rounds;

  @Spec private @Nullable CommandSpec spec;

  /// Made by the composition root.
  public CodecProbeCommand() {}

  @Override
  public Integer call() throws Exception {
    Path given = file;
    CommandSpec command = spec;
    if (given == null || command == null) {
      return ExitCode.USAGE.number();
    }
    Rounds outcome = new UploadProbe(given).run(rounds);
    command
        .commandLine()
        .getOut()
        .println(
            JsonLine.event("result")
                .with("size", outcome.size())
                .with("storedBytes", outcome.storedBytes())
                .with("seconds", outcome.seconds()));
    return ExitCode.OK.number();
  }
}
