package io.quintet.client.download;

import io.quintet.client.OutputFile;
import io.quintet.client.UserException;
import io.quintet.client.chunk.Chunk;
import io.quintet.client.restore.FileRestore;
import io.quintet.manifest.Chunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/// A file.
record FileTarget(Path path, long size, boolean force) implements Target {
  @Override
  public void check() {
    OutputFile.check(path, name(), force);
    Outputs.checkRoom(path, size);
  }

  @Override
  public String take(PlainChunks chunks)
      throws IOException, InterruptedException, ExecutionException {
    try (FileRestore file = new FileRestore(path)) {
      for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
        long offset = (long) chunk.index() * Chunks.SIZE_BYTES;
        file.write(offset, ByteBuffer.wrap(chunk.bytes(), Chunk.OFFSET, chunk.length()));
      }
      if (chunks.isAnyLost()) {
        Path kept = file.keep(size);
        throw chunks.lostFailure("the rest is in " + kept + ", with zeros for what is missing");
      }
      String sha256 = chunks.verify();
      file.finish(force);
      return sha256;
    }
  }

  @Override
  public UserException failed(IOException e) {
    return Outputs.failed(path, e);
  }

  @Override
  public String name() {
    return path.toString();
  }
}
