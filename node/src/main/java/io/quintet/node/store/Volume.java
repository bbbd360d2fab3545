package io.quintet.node.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The few things that the write protocol asks of a file system, so that tests can let each of them
/// fail.
interface Volume {
  /// Creates a file that must not exist, mode 0600, for writing.
  FileChannel create(Path file) throws IOException;

  /// Opens `file` once more, for writes of whole blocks that bypass the page cache; null where the
  /// file system cannot.
  @Nullable FileChannel openDirect(Path file);

  /// Writes all remaining bytes.
  void write(FileChannel file, ByteBuffer bytes) throws IOException;

  /// Makes the content of `file` durable.
  void force(FileChannel file) throws IOException;

  /// Renames atomically, replacing `to`.
  void move(Path from, Path to) throws IOException;

  /// Makes the names in `directory` durable.
  void forceDirectory(Path directory) throws IOException;

  /// Bytes that this process may still write to the volume.
  long usableBytes() throws IOException;
}
