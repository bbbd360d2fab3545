package io.quintet.scripts.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.ClientCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `quintet simulate plot`: pictures of what simulations found.
@Command(
    name = "plot",
    description = "Draw hops and calls per lookup against the number of nodes, as two SVG files.")
public final class PlotCommand implements ClientCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

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
    List<JsonNode> joins = joins();
    if (joins.isEmpty()) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "no result of a join scenario is in " + results,
          "add some: scripts/quintet simulate join --nodes 1000 --seed 1 --json >> FILE");
    }
    Plot hops =
        new Plot("Hops per lookup", "hops, mean")
            .line("log2(N)/2 + 1, the goal", n -> Math.log(n) / Math.log(2) / 2 + 1)
            .points("joined one by one", points(joins, "hopsMean", false))
            .points("filled tables", points(joins, "hopsMean", true));
    Plot calls =
        new Plot("Calls per lookup", "calls, mean")
            .line("k = 20, the least possible", _ -> 20)
            .points("joined one by one", points(joins, "rpcsPerLookupMean", false))
            .points("filled tables", points(joins, "rpcsPerLookupMean", true));
    write("hops.svg", hops.svg());
    write("rpcs.svg", calls.svg());
    return ExitCode.OK.number();
  }

  private List<JsonNode> joins() {
    List<JsonNode> joins = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(results)) {
        JsonNode result = line.isBlank() ? JSON.createObjectNode() : JSON.readTree(line);
        if (result.path("scenario").asText().equals("join")) {
          joins.add(result);
        }
      }
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot read results from " + results,
          "name a file with one result of simulate --json on each line",
          e);
    }
    return joins;
  }

  private static List<Plot.Point> points(List<JsonNode> joins, String figure, boolean filled) {
    return joins.stream()
        .filter(each -> each.path("filledTables").asBoolean() == filled)
        .map(each -> new Plot.Point(each.path("nodes").asDouble(), each.path(figure).asDouble()))
        .toList();
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
