package io.quintet.manifest;

import io.quintet.manifest.file.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;

/// What [MillionChunksTest] runs in a JVM of its own: reads the manifest that is its argument, and
/// prints how many chunks it has.
public final class MillionChunks {
  private MillionChunks() {}

  /// Reads the manifest at `arguments[0]`.
  public static void main(String[] arguments) throws IOException {
    Manifest manifest = ManifestFile.read(Path.of(arguments[0]));
    System.out.println(manifest.chunks().size() + " chunks");
  }
}
