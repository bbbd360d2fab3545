package io.quintet.manifest;

/// How a file is cut: into chunks of one fixed size, the last of which may be shorter.
public final class Chunks {
  /// Length of every chunk but the last.
  public static final int SIZE_BYTES = 1 << 20;

  /// The most chunks that one manifest lists, so that its ids fit into the memory of a small
  /// machine: a file of 4 TiB.
  public static final int COUNT_MAX = 1 << 22;

  /// The largest file that one manifest describes.
  public static final long FILE_BYTES_MAX = (long) COUNT_MAX * SIZE_BYTES;

  private Chunks() {}

  /// How many chunks `size` bytes become: size / [#SIZE_BYTES], rounded up.
  ///
  /// @param size 0 to [#FILE_BYTES_MAX]
  public static int count(long size) {
    if (size < 0 || size > FILE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "size: " + size + " (expected: 0.." + FILE_BYTES_MAX + ")");
    }
    return Math.toIntExact((size + SIZE_BYTES - 1) / SIZE_BYTES);
  }

  /// How many bytes of a file of `size` bytes are in the chunk at `index`.
  ///
  /// @param index 0 to [#count] - 1
  public static int length(long size, int index) {
    int count = count(size);
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException("chunk: " + index + " (expected: 0.." + (count - 1) + ")");
    }
    return Math.toIntExact(Math.min(SIZE_BYTES, size - (long) index * SIZE_BYTES));
  }
}
