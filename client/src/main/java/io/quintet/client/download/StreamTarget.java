package io.quintet.client.download;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.chunk.Chunk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;

/// Standard output: each chunk is authentic when it is written, the order of all is verified at the
/// end.
record StreamTarget(OutputStream out) implements Target {
  @Override
  public void check() {}

  @Override
  public String take(PlainChunks chunks)
      throws IOException, InterruptedException, ExecutionException {
    for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      if (chunks.isAnyLost()) {
        break;
      }
      out.write(chunk.bytes(), Chunk.OFFSET, chunk.length());
    }
    out.flush();
    if (chunks.isAnyLost()) {
      throw chunks.lostFailure("the output ends before the first of them");
    }
    return chunks.verify();
  }

  @Override
  public UserException failed(IOException e) {
    return new UserException(
        ExitCode.UNAVAILABLE,
        "cannot write to standard output: " + e.getMessage(),
        "check the program that reads it",
        e);
  }

  @Override
  public String name() {
    return "-";
  }
}
