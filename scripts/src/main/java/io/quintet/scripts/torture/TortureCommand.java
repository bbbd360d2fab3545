package io.quintet.scripts.torture;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.ClientCommand;
import io.quintet.scripts.cluster.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `quintet torture`, which `scripts/torture` calls.
@Command(
    name = "torture",
    hidden = true,
    description = {
      "Hurt real nodes on loopback and check that nothing acknowledged is lost.",
      "Power cuts, small disks and failing syncs need root; they are skipped without."
    })
public final class TortureCommand implements ClientCommand {
  private static final int DRAWN_SEEDS = 1_000_000_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "run only these (default: all)")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "20",
      description = "rounds of each scenario at most (default: ${DEFAULT-VALUE})")
  private int rounds = 20;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "start no round of a scenario after this time (default: ${DEFAULT-VALUE})")
  private long seconds = 60;

  @Option(
      names = "--whole",
      description = {
        "go on for as long as a whole run takes (about an hour): 500 kills, 100 power cuts,",
        "every failpoint with every fault, and a minute of each other scenario"
      })
  private boolean whole;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "what everything random grows from (default: drawn, and printed)")
  private @Nullable Long seed;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the report to FILE.md and FILE.json too")
  private @Nullable Path report;

  @Option(names = "--json", description = "print the report as one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(spec, "not part of a command line").commandLine();
    if (rounds < 1 || seconds < 1) {
      throw new UserException(
          ExitCode.USAGE, "--rounds and --seconds are at least 1", "leave them out to try");
    }
    long root = seed != null ? seed : new SecureRandom().nextInt(DRAWN_SEEDS);
    String replay = replay(root);
    if (!json) {
      line.getOut().println("seed " + root + "; again: " + replay);
      line.getOut().flush();
    }
    TortureReport found = new TortureReport(replay);
    Torture torture =
        new Torture(
            Launcher.ofThisProcess(),
            root,
            scenario -> whole ? scenario.whole() : new Length(rounds, seconds),
            Shutdown.watch());
    for (Scenario scenario : chosen()) {
      TortureReport.Entry entry = torture.run(scenario);
      found.add(entry);
      if (!json) {
        line.getOut().println(TortureReport.line(entry));
        line.getOut().flush();
      }
      if (found.ended()) {
        break;
      }
    }
    write(found);
    line.getOut().println(json ? found.json().toString() : found.summary());
    line.getOut().flush();
    if (found.ended()) {
      throw new UserException(
          ExitCode.INTERRUPTED,
          "interrupted before the end; the nodes are ended",
          report == null ? "run it again: " + replay : "what was found is in " + report + ".md");
    }
    return (found.failed() ? ExitCode.UNEXPECTED : ExitCode.OK).number();
  }

  private String replay(long root) {
    String which = names.isEmpty() ? "" : " --scenario " + String.join(",", names);
    String length = whole ? "--whole" : "--rounds %d --seconds %d".formatted(rounds, seconds);
    return "scripts/torture --seed %d %s%s".formatted(root, length, which);
  }

  private List<Scenario> chosen() {
    List<Scenario> all = Scenarios.all();
    List<String> known = all.stream().map(Scenario::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserException(
            ExitCode.USAGE,
            "there is no scenario '" + name + "'",
            "use one of " + known.stream().collect(Collectors.joining(", ")));
      }
    }
    return names.isEmpty()
        ? all
        : all.stream().filter(scenario -> names.contains(scenario.name())).toList();
  }

  private void write(TortureReport found) {
    Path to = report;
    if (to == null) {
      return;
    }
    try {
      Files.writeString(Path.of(to + ".md"), found.markdown());
      Files.writeString(Path.of(to + ".json"), found.json().toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UserException(
          ExitCode.REFUSED, "cannot write the report " + to, "choose another place: --report", e);
    }
  }
}
