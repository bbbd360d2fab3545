package io.quintet.client.upload;

import io.quintet.client.ExitCode;
import io.quintet.client.OutputFile;
import io.quintet.client.UserException;
import io.quintet.client.source.Source;
import io.quintet.client.source.Sources;
import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.Compression;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An upload request of which all was checked that can be known without the network.
record UploadPlan(UploadRequest request, Source source, Compression compression) {
  /// Checks `request`. Touches the file system, but only to look.
  ///
  /// @throws UserException with `USAGE`, `UNAVAILABLE` or `REFUSED`
  static UploadPlan of(
      UploadRequest request, InputStream standardInput, Consumer<String> warnings) {
    Compression compression = compression(request.compression());
    checkReplicas(request);
    OutputFile.check(request.manifest(), "the manifest " + request.manifest(), request.force());
    Path receipt = request.receipt();
    if (receipt != null) {
      OutputFile.check(receipt, "the receipt " + receipt, request.force());
    }
    Path path = request.source();
    Source source = path == null ? Sources.of(standardInput) : Sources.of(path, warnings);
    return new UploadPlan(request, source, compression);
  }

  /// What the user calls the source.
  String sourceName() {
    @Nullable Path path = request.source();
    return path == null ? "standard input" : path.toString();
  }

  private static Compression compression(String label) {
    try {
      return Compression.fromLabel(label);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          ExitCode.USAGE,
          "unknown compression '" + label + "'",
          "use one of " + Compression.labels(),
          e);
    }
  }

  private static void checkReplicas(UploadRequest request) {
    int replicas = request.replicas();
    if (replicas < BlobHeader.REPLICAS_MIN || replicas > BlobHeader.REPLICAS_MAX) {
      throw new UserException(
          ExitCode.USAGE,
          "replicas: " + replicas,
          "use " + BlobHeader.REPLICAS_MIN + " to " + BlobHeader.REPLICAS_MAX);
    }
    if (request.minReplicas() < 0 || request.minReplicas() > replicas) {
      throw new UserException(
          ExitCode.USAGE,
          "min-replicas: " + request.minReplicas(),
          "use 1 to the number of replicas, " + replicas);
    }
  }
}
