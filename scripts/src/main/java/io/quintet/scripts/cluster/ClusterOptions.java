package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.CommonOptions;
import io.quintet.client.network.NetworkOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that all cluster commands take.
public final class ClusterOptions {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--dir",
      paramLabel = "D",
      description = "where the cluster lives (default: ~/.local/state/quintet/cluster)")
  private @Nullable Path dir;

  /// Made by picocli.
  ClusterOptions() {}

  CommonOptions common() {
    return common;
  }

  ClusterDirectory directory() {
    return dir == null ? ClusterDirectory.standard() : new ClusterDirectory(dir);
  }

  /// Name and port of the network, on loopback.
  ///
  /// @throws UserException with `USAGE` when another interface was asked for
  NetworkOptions network() {
    NetworkOptions network = common.network();
    if (common.isGiven("--interface")
        && !network.interfaces().equals(List.of(ClusterPlan.LOOPBACK))) {
      throw new UserException(
          ExitCode.USAGE,
          "a local cluster uses the interface lo alone",
          "leave --interface out, or start nodes on other interfaces with: quintet node");
    }
    return network;
  }
}
