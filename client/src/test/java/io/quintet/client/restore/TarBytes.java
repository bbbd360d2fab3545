package io.quintet.client.restore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Makes tar streams, evil ones too.
final class TarBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
  private int mode = 0755;

  TarBytes mode(int mode) {
    this.mode = mode;
    return this;
  }

  TarBytes directory(String name) throws IOException {
    return entry(name, TarConstants.LF_DIR, "", "");
  }

  TarBytes file(String name, String contents) throws IOException {
    return entry(name, TarConstants.LF_NORMAL, "", contents);
  }

  TarBytes link(String name, String target) throws IOException {
    return entry(name, TarConstants.LF_SYMLINK, target, "");
  }

  TarBytes special(String name, byte type, String target) throws IOException {
    return entry(name, type, target, "");
  }

  private TarBytes entry(String name, byte type, String target, String contents)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    // The constructor drops a trailing slash of what is no directory; the setter does not.
    entry.setName(name);
    entry.setMode(mode);
    entry.setLinkName(target);
    byte[] body = contents.getBytes(StandardCharsets.UTF_8);
    entry.setSize(body.length);
    tar.putArchiveEntry(entry);
    tar.write(body);
    tar.closeArchiveEntry();
    return this;
  }

  byte[] bytes() throws IOException {
    tar.finish();
    return bytes.toByteArray();
  }

  /// Makes the checksum of the first header right again.
  static void fixChecksum(byte[] tar) {
    java.util.Arrays.fill(tar, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += tar[i] & 0xff;
    }
    byte[] digits = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, tar, 148, digits.length);
  }
}
