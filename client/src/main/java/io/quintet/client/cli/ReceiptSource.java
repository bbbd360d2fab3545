package io.quintet.client.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a put writes its receipt: the file that the user asked for; or, for a JSON result, which
/// carries the receipt in any case, a temporary file that is removed at the end.
///
/// @param file null when nobody wants a receipt
/// @param temporary the directory to remove with `file`, or null
record ReceiptSource(@Nullable Path file, @Nullable Path temporary) implements AutoCloseable {
  static ReceiptSource of(@Nullable Path asked, boolean json) {
    if (asked != null || !json) {
      return new ReceiptSource(asked, null);
    }
    try {
      Path directory = Files.createTempDirectory("quintet-receipt");
      return new ReceiptSource(directory.resolve("receipt.json"), directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory", e);
    }
  }

  @Override
  public void close() {
    if (temporary == null || file == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + temporary, e);
    }
  }
}
