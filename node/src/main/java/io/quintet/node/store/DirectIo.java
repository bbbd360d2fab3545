package io.quintet.node.store;

import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.util.Arrays;
import java.util.Optional;

/// What reads and writes past the page cache (`O_DIRECT`) need.
final class DirectIo {
  /// What they are aligned to: a multiple of the blocks of all usual file systems. Where blocks are
  /// larger, the system refuses them.
  static final int BLOCK_BYTES = 4 << 10;

  /// The JDK's own option, which has no public name; empty where the JDK has none.
  static final Optional<OpenOption> OPTION = option();

  private DirectIo() {}

  private static Optional<OpenOption> option() {
    try {
      return Arrays.stream(Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants())
          .filter(option -> option.toString().equals("DIRECT"))
          .map(OpenOption.class::cast)
          .findFirst();
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /// Memory outside the heap that begins at a block.
  ///
  /// @param bytes a multiple of [#BLOCK_BYTES]
  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes + BLOCK_BYTES - 1).alignedSlice(BLOCK_BYTES);
  }
}
