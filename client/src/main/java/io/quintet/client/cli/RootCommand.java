package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `quintet` itself, which only has subcommands.
@Command(
    name = "quintet",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "Keeps files alive on machines that nobody has to trust and nobody has to administer.",
      "A file is cut into chunks, compressed, encrypted, and each chunk is kept by five nodes;"
          + " a small manifest, the only thing you keep, brings it back while one of the five"
          + " lives.",
      "Start with: quintet demo",
      ""
    })
final class RootCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UserException(
        ExitCode.USAGE,
        "no command was given",
        "see 'quintet --help'; to watch it work, try 'quintet demo'");
  }
}
