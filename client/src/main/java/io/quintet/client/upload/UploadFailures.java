package io.quintet.client.upload;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// What a failed upload says.
final class UploadFailures {
  private UploadFailures() {}

  static UserException of(UploadPlan plan, @Nullable Throwable cause) {
    return switch (cause) {
      case UserException known -> known;
      case ExecutionException nested -> of(plan, nested.getCause());
      case InterruptedException interrupt -> interrupted(interrupt);
      case IOException e -> ioFailure(plan, e);
      case null, default -> throw unforeseen(cause);
    };
  }

  private static RuntimeException unforeseen(@Nullable Throwable cause) {
    return new IllegalStateException("the upload failed in an unforeseen way", cause);
  }

  private static UserException ioFailure(UploadPlan plan, IOException e) {
    return new UserException(
        ExitCode.UNAVAILABLE,
        "cannot read " + plan.sourceName() + ": " + reason(e),
        "there is no manifest; check the source and put it again",
        e);
  }

  static UserException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    return new UserException(
        ExitCode.INTERRUPTED,
        "interrupted; there is no manifest",
        "put it again; chunks that nodes stored already are of no use without a manifest",
        cause);
  }

  /// The chunks are stored, but the manifest cannot be: the disk is full, for instance.
  static UserException manifestNotWritten(Path target, IOException e) {
    return new UserException(
        ExitCode.REFUSED,
        "cannot write the manifest " + target + ": " + reason(e),
        "make room or choose another place with -o, and put it again",
        e);
  }

  /// The receipt cannot be written, which is known before the manifest is.
  static UserException receiptNotWritten(Path target, IOException e) {
    return new UserException(
        ExitCode.REFUSED,
        "cannot write the receipt " + target + ": " + reason(e),
        "there is no manifest; make room or choose another place with --receipt, and put it again",
        e);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
