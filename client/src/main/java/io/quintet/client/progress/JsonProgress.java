package io.quintet.client.progress;

import java.io.PrintWriter;

/// Progress for programs: each event is one JSON object on a line of its own. Thread-safe.
public final class JsonProgress implements ProgressListener {
  private final PrintWriter out;

  /// Prints to `out`.
  public JsonProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void on(ProgressEvent event) {
    String line = line(event).toString();
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  private static JsonLine line(ProgressEvent event) {
    return switch (event) {
      case ProgressEvent.Started started ->
          JsonLine.event("started")
              .with("operation", started.operation())
              .with("bytesTotal", started.bytesTotal() < 0 ? null : started.bytesTotal());
      case ProgressEvent.NodesFound found ->
          JsonLine.event("nodesFound").with("count", found.count());
      case ProgressEvent.ChunkDone chunk ->
          JsonLine.event("chunkDone")
              .with("chunksDone", chunk.chunksDone())
              .with("bytesDone", chunk.bytesDone());
      case ProgressEvent.Warning warning -> JsonLine.event("warning").with("text", warning.text());
      case ProgressEvent.Finished finished ->
          JsonLine.event("finished")
              .with("chunks", finished.chunks())
              .with("bytes", finished.bytes())
              .with("seconds", finished.seconds());
    };
  }
}
