package io.quintet.scripts.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Fills the data directory of a node that does not run, in the layout of its chunk store, with
/// many small chunks.
final class StoredChunks {
  private StoredChunks() {}

  static void write(Path data, int count) throws IOException {
    Path chunks = data.resolve("chunks");
    Files.createDirectories(chunks);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    for (int i = 0; i < 256; i++) {
      Files.createDirectory(chunks.resolve(HexFormat.of().toHexDigits((byte) i)));
    }
    MessageDigest sha256 = sha256();
    for (int i = 0; i < count; i++) {
      byte[] chunk = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
      String id = HexFormat.of().formatHex(sha256.digest(chunk));
      Files.write(chunks.resolve(id.substring(0, 2)).resolve(id), chunk);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
  }
}
