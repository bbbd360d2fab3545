package io.quintet.node.store;

import java.nio.ByteBuffer;
import java.util.List;

/// One chunk on its way into a store. For one thread at a time; every method blocks.
public interface ChunkWriter extends AutoCloseable {
  /// What a commit found.
  enum Outcome {
    /// The chunk is durable now.
    STORED,
    /// Another writer made it durable in the meantime.
    PRESENT
  }

  /// Appends all remaining bytes of each buffer and hashes them.
  ///
  /// @throws StoreException with `SIZE_DIFFERS`, `NO_ROOM` or `FAILED`; the writer can only be
  ///   closed afterwards
  void write(List<ByteBuffer> batch) throws StoreException;

  /// Compares size and hash with what was announced, then makes the chunk durable. Once only.
  ///
  /// @throws StoreException with `SIZE_DIFFERS`, `HASH_DIFFERS`, `NO_ROOM`, `FAILED`, `VOLUME_BAD`
  ///   or `DELETED`
  Outcome commit() throws StoreException;

  /// Gives up unless it was committed, and frees what it holds; harmless when called again.
  @Override
  void close();
}
