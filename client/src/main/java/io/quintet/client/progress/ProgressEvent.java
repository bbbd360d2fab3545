package io.quintet.client.progress;

/// What happened in a transfer. Events may come from any thread and must be taken quickly.
public sealed interface ProgressEvent {
  /// The transfer begins.
  ///
  /// @param operation `put` or `get`
  /// @param bytesTotal plain bytes, or -1 when unknown (standard input, a directory being read)
  record Started(String operation, long bytesTotal) implements ProgressEvent {}

  /// Nodes were found.
  record NodesFound(int count) implements ProgressEvent {}

  /// One more chunk is durable (put) or restored (get).
  ///
  /// @param bytesDone plain bytes so far
  record ChunkDone(long chunksDone, long bytesDone) implements ProgressEvent {}

  /// Something went wrong and was worked around: one line for people, naming the node where it
  /// matters.
  record Warning(String text) implements ProgressEvent {}

  /// The transfer ended well; its result follows from the command.
  record Finished(long chunks, long bytes, double seconds) implements ProgressEvent {}
}
