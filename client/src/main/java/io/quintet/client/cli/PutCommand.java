package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.progress.Printable;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.UploadResult;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quintet put`: stores a file, a directory or standard input on the network.
@Command(
    name = "put",
    description = {
      "Store a file or a directory on the network.",
      "Prints where the manifest is: whoever has it can read the file, without it nobody can."
    })
public final class PutCommand implements ClientCommand {
  private static final Set<String> COMPRESSIONS = Set.of("zstd", "zlib", "xz", "none");
  private static final int REPLICAS_MAX = 20;

  private final CliContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "PATH",
      description = "the file or directory to store, or - for standard input")
  private String source = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.manifest",
      description = "where the manifest goes (default: PATH's name with .manifest, here)")
  private @Nullable Path manifest;

  @Option(
      names = "--compress",
      paramLabel = "METHOD",
      defaultValue = "zstd",
      description = "zstd, zlib, xz or none (default: ${DEFAULT-VALUE})")
  private String compression = "zstd";

  @Option(
      names = "--replicas",
      paramLabel = "R",
      defaultValue = "5",
      description = "durable copies of each chunk, 1 to 20 (default: ${DEFAULT-VALUE})")
  private int replicas = 5;

  @Option(
      names = "--min-replicas",
      paramLabel = "M",
      description = "fail below this many copies (default: 3, or the number of nodes if fewer)")
  private int minReplicas;

  @Option(
      names = "--receipt",
      paramLabel = "FILE",
      description = "write which node confirmed which chunk to FILE")
  private @Nullable Path receipt;

  @Option(names = "--force", description = "replace an existing manifest")
  private boolean force;

  /// Made by the command line.
  PutCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Output output = common.output(context);
    NetworkOptions network = common.network();
    UploadRequest request = request();
    try (ReceiptSource receipts = ReceiptSource.of(request.receipt(), output.json())) {
      UploadRequest complete = request.withReceipt(receipts.file());
      UploadResult result =
          output.withProgress(listener -> context.backend().get().put(network, complete, listener));
      print(output, result, receipts);
      return result.degraded() ? ExitCode.DEGRADED.number() : ExitCode.OK.number();
    }
  }

  private void print(Output output, UploadResult result, ReceiptSource receipt) {
    output.print(
        JsonLine.event("result")
            .with("manifest", result.manifest().toString())
            .with("size", result.size())
            .with("chunks", result.chunks())
            .with("storedBytes", result.storedBytes())
            .with("replicas", result.replicas())
            .with("degraded", result.degraded())
            .with("seconds", result.seconds())
            .with("receipt", receipt.file()),
        text(result));
    if (result.degraded()) {
      output.caution(
          "stored degraded: only %d of %d copies of some chunks are on disk"
              .formatted(result.replicas(), replicas),
          "the file can be read back; for all copies start more nodes and put it again");
    }
  }

  private static String text(UploadResult result) {
    return "stored %s in %s, %s each, %s on disk per copy, %s (%s)%nmanifest: %s%n%s"
        .formatted(
            Amounts.bytes(result.size()),
            Amounts.count(result.chunks(), "chunk"),
            result.replicas() == 1 ? "1 copy" : result.replicas() + " copies",
            Amounts.bytes(result.storedBytes()),
            Amounts.seconds(result.seconds()),
            Amounts.rate(result.size() / Math.max(1e-3, result.seconds())),
            Printable.of(result.manifest().toString()),
            "keep it safe: whoever has it can read the file, without it nobody can");
  }

  private UploadRequest request() {
    if (!COMPRESSIONS.contains(compression)) {
      throw usage("unknown compression '" + compression + "'", "use zstd, zlib, xz or none");
    }
    if (replicas < 1 || replicas > REPLICAS_MAX) {
      throw usage("--replicas " + replicas + " is out of range", "use 1 to " + REPLICAS_MAX);
    }
    if (minReplicas < 0 || minReplicas > replicas) {
      throw usage(
          "--min-replicas " + minReplicas + " is out of range",
          "use 1 to " + replicas + ", the number of --replicas");
    }
    Path path = source.equals("-") ? null : PathArgument.of(source);
    Path target = manifest == null ? defaultManifest(path) : manifest;
    return new UploadRequest(path, target, compression, replicas, minReplicas, force, receipt);
  }

  private static Path defaultManifest(@Nullable Path source) {
    Path name = source == null ? null : source.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw usage(
          source == null ? "standard input has no name for the manifest" : source + " has no name",
          "say where the manifest goes: -o FILE.manifest");
    }
    return Path.of(name + ManifestName.SUFFIX);
  }

  private static UserException usage(String failed, String advice) {
    return new UserException(ExitCode.USAGE, failed, advice);
  }
}
