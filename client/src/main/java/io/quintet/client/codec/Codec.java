package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;

/// One way to compress. Owned by one thread; reuses its contexts.
///
/// Compressed bytes lie in their array as a chunk does: from [Chunk#OFFSET] on.
interface Codec extends AutoCloseable {
  /// Compresses `chunk` into `target`.
  ///
  /// @return the compressed length, or -1 when it is not less than the chunk's
  int compress(Chunk chunk, byte[] target);

  /// Decompresses all of `source` into exactly `chunk`.
  ///
  /// @throws CodecException when it is no such stream, or one of another length
  void decompress(byte[] source, Chunk chunk) throws CodecException;

  @Override
  default void close() {}
}
