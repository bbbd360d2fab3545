package io.quintet.scripts.simulate;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.ClientCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `quintet simulate plot`: pictures of what simulations found.
@Command(
    name = "plot",
    description = "Draw hops and calls per lookup against the number of nodes, as two SVG files.")
public final class PlotCommand implements ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "RESULTS",
      description = "a file with one result of simulate --json on each line")
  private Path results = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "FOLDER",
      description = "where hops.svg and rpcs.svg are written")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    JoinResults joins = JoinResults.read(results);
    Plot hops =
        new Plot("Hops per lookup", "hops, mean")
            .line("log2(N)/2 + 1, the goal", n -> Math.log(n) / Math.log(2) / 2 + 1)
            .points("joined one by one", joins.points("hopsMean", false))
            .points("filled tables", joins.points("hopsMean", true));
    Plot calls =
        new Plot("Calls per lookup", "calls, mean")
            .line("k = 20, the least possible", _ -> 20)
            .points("joined one by one", joins.points("rpcsPerLookupMean", false))
            .points("filled tables", joins.points("rpcsPerLookupMean", true));
    write("hops.svg", hops.svg());
    write("rpcs.svg", calls.svg());
    return ExitCode.OK.number();
  }

  private void write(String name, String svg) {
    try {
      Files.writeString(folder.resolve(name), svg);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.REFUSED, "cannot write " + folder.resolve(name), "name a folder that exists", e);
    }
  }
}
