package io.quintet.node.tombstone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// How the file of tombstones is made durable, so that tests can let it fail.
public interface Durability {
  /// Makes the content of `file` durable.
  void force(FileChannel file) throws IOException;

  /// Makes the names in `directory` durable.
  void forceDirectory(Path directory) throws IOException;
}
