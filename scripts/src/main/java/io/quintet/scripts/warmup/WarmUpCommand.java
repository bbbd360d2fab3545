package io.quintet.scripts.warmup;

import io.quintet.client.ExitCode;
import io.quintet.client.cli.ClientCommand;
import picocli.CommandLine.Command;

/// `quintet warm-up`: runs what users run, so that the JVM can record it for its cache.
@Command(
    name = "warm-up",
    hidden = true,
    description = "Training run of the AOT cache: starts nodes in this process, puts and gets.")
public final class WarmUpCommand implements ClientCommand {
  /// Made by the composition root.
  public WarmUpCommand() {}

  @Override
  public Integer call() throws Exception {
    WarmUp.run();
    return ExitCode.OK.number();
  }
}
