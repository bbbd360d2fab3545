package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `quintet manifest`, which only has subcommands.
@Command(name = "manifest", description = "Work on manifests.", synopsisSubcommandLabel = "COMMAND")
public final class ManifestCommand implements Callable<Integer> {
  /// Made by the command line.
  ManifestCommand() {}

  @Override
  public Integer call() {
    throw new UserException(
        ExitCode.USAGE, "no command was given", "see 'quintet manifest --help'");
  }
}
