package io.quintet.node.cli;

import io.quintet.node.service.replicas.UpkeepSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a node looks after replicas: the options of `quintet node`.
final class UpkeepOptions {
  @Option(
      names = "--audit-pass",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description =
          "how long a check of all chunks at other holders takes, such as 12h (default: 1d)")
  private @Nullable TimeSpan auditPass;

  @Option(
      names = "--audit-rate",
      paramLabel = "SIZE",
      converter = ByteCount.Converter.class,
      description = "bytes per second that audits may read (default: 16MB)")
  private @Nullable ByteCount auditRate;

  @Option(
      names = "--repair-rate",
      paramLabel = "SIZE",
      converter = ByteCount.Converter.class,
      description = "bytes per second that repairs may send (default: 100MB)")
  private @Nullable ByteCount repairRate;

  @Option(
      names = "--fast-repair",
      description =
          "for trying it out: repair after seconds instead of an hour, and audit all the time")
  private boolean fast;

  UpkeepSettings settings() {
    UpkeepSettings base = fast ? UpkeepSettings.fast() : UpkeepSettings.standard();
    Duration pass = auditPass != null ? auditPass.duration() : base.auditPass();
    return base.with(
        pass,
        auditRate != null ? auditRate.bytes() : base.auditBytesPerSecond(),
        repairRate != null ? repairRate.bytes() : base.repairBytesPerSecond());
  }
}
