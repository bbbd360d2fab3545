package io.quintet.client.source;

import io.quintet.manifest.Content;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that come once and say nothing about themselves: standard input, a pipe, a device.
public final class StreamSource implements Source {
  /// Opens the stream when it is needed: opening a pipe waits for its writer.
  @FunctionalInterface
  public interface Opening {
    /// The stream.
    InputStream open() throws IOException;
  }

  private final Opening opening;

  /// @param opening called once
  public StreamSource(Opening opening) {
    this.opening = opening;
  }

  @Override
  public Content content() {
    return Content.FILE;
  }

  @Override
  public long size() {
    return UNKNOWN;
  }

  @Override
  public InputStream open() throws IOException {
    return opening.open();
  }
}
