package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.network.NetworkOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The options that every command of the client takes.
public final class CommonOptions {
  private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]{1,253}):([1-9][0-9]{0,4})");

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec mixee;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "${env:QUINTET_NETWORK:-quintet}",
      description = "name of the network; keeps clusters apart (QUINTET_NETWORK; now: quintet)")
  private String network = "quintet";

  @Option(
      names = "--udp-port",
      paramLabel = "PORT",
      defaultValue = "9999",
      description = "port of the beacons (default: ${DEFAULT-VALUE})")
  private int udpPort = 9999;

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "${env:QUINTET_INTERFACE}",
      description =
          "network interface to search; repeatable (QUINTET_INTERFACE, separated by commas;"
              + " default: loopback and every real one that is up)")
  private List<String> interfaces = new ArrayList<>();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "address of a node to ask as well, where beacons do not reach; repeatable")
  private List<String> bootstrap = new ArrayList<>();

  @Option(
      names = "--json",
      description = "print one JSON object per event and a final result object")
  private boolean json;

  /// Where the command prints.
  public Output output(CliContext context) {
    CommandSpec spec = Objects.requireNonNull(mixee, "mixed into no command");
    return new Output(
        spec.commandLine().getOut(), spec.commandLine().getErr(), context.terminal(), json);
  }

  /// How the command finds nodes.
  ///
  /// @throws UserException with `USAGE` for a value that cannot be meant
  public NetworkOptions network() {
    require(
        NETWORK.matcher(network).matches(),
        "--network " + network + " is no network name",
        "use 1 to 64 letters, digits, dots, dashes and underscores");
    require(
        udpPort >= 1 && udpPort <= 65_535,
        "--udp-port " + udpPort + " is no port",
        "use a number from 1 to 65535; nodes listen on 9999 unless told otherwise");
    for (String address : bootstrap) {
      var parts = HOST_AND_PORT.matcher(address);
      require(
          parts.matches() && Integer.parseInt(parts.group(2)) <= 65_535,
          "--bootstrap " + address + " is no address",
          "use HOST:PORT, such as 192.0.2.7:8000 or [2001:db8::7]:8000");
    }
    return new NetworkOptions(
        network, udpPort, interfaces.stream().filter(name -> !name.isBlank()).toList(), bootstrap);
  }

  /// Whether an option was given on the command line itself, not by the environment or a default.
  public boolean isGiven(String option) {
    ParseResult parsed =
        Objects.requireNonNull(mixee, "mixed into no command").commandLine().getParseResult();
    return parsed != null && parsed.hasMatchedOption(option);
  }

  private static void require(boolean truth, String failed, String advice) {
    if (!truth) {
      throw new UserException(ExitCode.USAGE, failed, advice);
    }
  }
}
