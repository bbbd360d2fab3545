package io.quintet.client.source;

import io.quintet.manifest.Content;
import java.io.IOException;
import java.io.InputStream;

/// Bytes to put. Opened once.
public sealed interface Source permits FileSource, DirectorySource, StreamSource {
  /// A length that is not known before the end.
  long UNKNOWN = -1;

  /// What the bytes are.
  Content content();

  /// How many they are, or [#UNKNOWN].
  long size();

  /// The bytes, as a stream that fails with a [io.quintet.client.UserException] when the source
  /// changes while it is read. The caller closes it.
  InputStream open() throws IOException;
}
