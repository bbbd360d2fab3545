package io.quintet.client.restore;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bounds how many bytes one entry's header may have, because tar readers collect long names and
/// extended headers in memory. Owned by one thread.
final class HeaderGuard extends FilterInputStream {
  // Far more than paths and attributes ever need.
  private static final int HEADER_BYTES_MAX = 1 << 20;

  private boolean guarding;
  private long left;

  HeaderGuard(InputStream in) {
    super(in);
  }

  /// From now on a header is read.
  void beginHeader() {
    guarding = true;
    left = HEADER_BYTES_MAX;
  }

  /// From now on contents are read, of any length.
  void endHeader() {
    guarding = false;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    count(skipped);
    return skipped;
  }

  private void count(long bytes) throws IOException {
    left -= bytes;
    if (guarding && left < 0) {
      throw new IOException("a header of more than " + HEADER_BYTES_MAX + " bytes");
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
