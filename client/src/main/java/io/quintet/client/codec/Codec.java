package io.quintet.client.codec;

/// One way to compress. Owned by one thread; reuses its contexts.
interface Codec extends AutoCloseable {
  /// Compresses all of the input into `target` from `offset` on.
  ///
  /// @return the compressed length, or -1 when it does not fit into `room` bytes
  int compress(byte[] plain, int length, byte[] target, int offset, int room);

  /// Decompresses `length` bytes of `source` from `offset` on into exactly the first `plainLength`
  /// bytes of `target`.
  ///
  /// @throws CodecException when they are no such stream, or one of another length
  void decompress(byte[] source, int offset, int length, byte[] target, int plainLength)
      throws CodecException;

  @Override
  default void close() {}
}
