package io.quintet.node.store;

import java.io.IOException;
import java.nio.channels.FileChannel;

/// The bytes of one stored chunk, whose hash was checked. The holder closes it.
public sealed interface ChunkContent extends AutoCloseable {
  /// Length of the blob.
  int sizeBytes();

  /// Frees the file; harmless when called again.
  @Override
  void close() throws IOException;

  /// A chunk in a file, to be sent by the operating system without copying.
  ///
  /// @param file open for reading, exactly `sizeBytes` long
  record OnDisk(FileChannel file, int sizeBytes) implements ChunkContent {
    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /// A chunk in memory. The array is shared: readers do not write to it.
  @SuppressWarnings("ArrayRecordComponent")
  record InMemory(byte[] bytes) implements ChunkContent {
    @Override
    public int sizeBytes() {
      return bytes.length;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
