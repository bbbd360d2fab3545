package io.quintet.client.upload;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quintet.client.transfer.StoredChunk;
import io.quintet.dht.id.Key;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Writes which nodes confirmed which chunk, as a stream, to a file that only its owner can read
/// and that appears when it is complete. Owned by one thread.
final class Receipt implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private final JsonGenerator json;

  private Receipt(Path target, Path temporary, OutputStream out) throws IOException {
    this.target = target;
    this.temporary = temporary;
    this.json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.writeStartObject();
  }

  /// Starts a receipt for `target`; null when there is no target.
  ///
  /// @throws UserException with `REFUSED` when there is no room for it
  static @Nullable Receipt start(@Nullable Path target) {
    if (target == null) {
      return null;
    }
    try {
      // Files made this way are readable by their owner alone.
      Path folder = target.toAbsolutePath().getParent();
      Path temporary = Files.createTempFile(folder, ".quintet-receipt", ".tmp");
      return new Receipt(target, temporary, Files.newOutputStream(temporary));
    } catch (IOException e) {
      throw UploadFailures.receiptNotWritten(target, e);
    }
  }

  /// @throws UserException with `REFUSED` when there is no room for it
  void add(StoredChunk chunk) {
    try {
      json.writeArrayFieldStart(chunk.id().toString());
      for (Key holder : chunk.holders()) {
        json.writeString(holder.toString());
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw UploadFailures.receiptNotWritten(target, e);
    }
  }

  /// Writes all that is left to write, so that what can fail for want of room fails before there is
  /// a manifest.
  ///
  /// @throws UserException with `REFUSED` when there is no room for it
  void complete() {
    try {
      json.writeEndObject();
      json.close();
    } catch (IOException e) {
      throw UploadFailures.receiptNotWritten(target, e);
    }
  }

  /// Gives the complete file its name, replacing what has it.
  void publish() throws IOException {
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Removes what was not published.
  @Override
  public void close() throws IOException {
    // A full disk makes closing fail as well, and must not keep the file.
    try {
      json.close();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
