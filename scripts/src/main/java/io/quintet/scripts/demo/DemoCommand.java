package io.quintet.scripts.demo;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.CliContext;
import io.quintet.client.cli.ClientCommand;
import io.quintet.client.cli.CommonOptions;
import io.quintet.client.cli.Output;
import io.quintet.client.network.NetworkOptions;
import io.quintet.scripts.cluster.ClusterPlan;
import io.quintet.scripts.cluster.Launcher;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quintet demo`.
@Command(
    name = "demo",
    description = {
      "Watch it work: seven nodes, a real file, four nodes killed, the file restored.",
      "Takes about a minute, on this machine alone; everything is removed at the end."
    })
public final class DemoCommand implements ClientCommand {
  private static final int MEBIBYTES_MAX = 64 * 1024;

  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--keep", description = "leave the cluster and the files, and say what to try")
  private boolean keep;

  @Option(
      names = "--size",
      paramLabel = "MIB",
      description = "use a file of so many MiB (default: at least " + DemoFile.MEBIBYTES_MIN + ")")
  private @Nullable Integer mebibytes;

  /// Made by the composition root.
  public DemoCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    NetworkOptions network = network();
    if (mebibytes != null && (mebibytes < 1 || mebibytes > MEBIBYTES_MAX)) {
      throw new UserException(
          ExitCode.USAGE, "--size " + mebibytes + " is out of range", "use 1 to " + MEBIBYTES_MAX);
    }
    Launcher launcher = Launcher.ofThisProcess();
    DemoSite site = DemoSite.create();
    Thread hook = new Thread(site::close, "demo-cleanup");
    Runtime.getRuntime().addShutdownHook(hook);
    try (site) {
      new Demo(context.backend().get(), output, site, network).run(launcher, mebibytes, keep);
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    return ExitCode.OK.number();
  }

  private NetworkOptions network() {
    NetworkOptions asked = common.network();
    String name = asked.name();
    if (!common.isGiven("--network")) {
      byte[] random = new byte[4];
      new SecureRandom().nextBytes(random);
      name = "demo-" + HexFormat.of().formatHex(random);
    }
    return new NetworkOptions(name, asked.udpPort(), List.of(ClusterPlan.LOOPBACK), List.of());
  }
}
