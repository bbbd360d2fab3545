package io.quintet.scripts.bench;

import io.quintet.scripts.bench.fresh.SingleCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Fills the data directory of a node that does not run, in the layout of its chunk store, with
/// many small chunks.
final class StoredChunks {
  private StoredChunks() {}

  /// Chunks of which nodes keep five copies.
  static void write(Path data, int count) throws IOException {
    write(data, 0, count, new byte[0]);
  }

  /// Chunks number `first` to `first + count - 1`, of the same bytes wherever they are written, of
  /// which nodes keep a single copy: what is measured is not their repair.
  ///
  /// @return their ids
  static List<String> writeSingle(Path data, int first, int count) throws IOException {
    return write(data, first, count, SingleCopy.header());
  }

  private static List<String> write(Path data, int first, int count, byte[] header)
      throws IOException {
    Path chunks = data.resolve("chunks");
    Files.createDirectories(chunks);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    for (int i = 0; i < 256; i++) {
      Files.createDirectory(chunks.resolve(HexFormat.of().toHexDigits((byte) i)));
    }
    MessageDigest sha256 = sha256();
    List<String> ids = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      byte[] chunk =
          ByteBuffer.allocate(header.length + Integer.BYTES).put(header).putInt(i).array();
      String id = HexFormat.of().formatHex(sha256.digest(chunk));
      Files.write(chunks.resolve(id.substring(0, 2)).resolve(id), chunk);
      ids.add(id);
    }
    return ids;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
  }
}
