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
  static @Nullable Receipt start(@Nullable Path target) throws IOException {
    if (target == null) {
      return null;
    }
    // Files made this way are readable by their owner alone.
    Path folder = target.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, ".quintet-receipt", ".tmp");
    return new Receipt(target, temporary, Files.newOutputStream(temporary));
  }

  void add(StoredChunk chunk) throws IOException {
    json.writeArrayFieldStart(chunk.id().toString());
    for (Key holder : chunk.holders()) {
      json.writeString(holder.toString());
    }
    json.writeEndArray();
  }

  /// Completes the file and gives it its name, replacing what has it.
  void finish() throws IOException {
    json.writeEndObject();
    json.close();
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Removes what was not finished.
  @Override
  public void close() throws IOException {
    json.close();
    Files.deleteIfExists(temporary);
  }
}
