package io.quintet.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this build, as `/status` tells it.
final class NodeVersion {
  private static final String RESOURCE = "version.properties";

  /// The Maven version; never empty.
  static final String CURRENT = read();

  private NodeVersion() {}

  private static String read() {
    try (InputStream in = NodeVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing beside " + NodeVersion.class);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
