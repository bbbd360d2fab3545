package io.quintet.manifest;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A stream that says the same for ever, and counts how much of it was heard.
final class RepeatingInput extends InputStream {
  private final byte[] pattern;
  private long bytesRead;

  RepeatingInput(String pattern) {
    this.pattern = pattern.getBytes(StandardCharsets.US_ASCII);
  }

  long bytesRead() {
    return bytesRead;
  }

  @Override
  public int read() {
    return pattern[(int) (bytesRead++ % pattern.length)];
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = (byte) read();
    }
    return length;
  }
}
