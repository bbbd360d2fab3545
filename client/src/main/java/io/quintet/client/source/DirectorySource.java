package io.quintet.client.source;

import io.quintet.manifest.Content;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A directory with all that is in it, as one tar stream.
///
/// Regular files, directories and symbolic links with their modes and times; links are stored as
/// links, never followed, so there are no loops. What a tar stream cannot bring back (sockets,
/// pipes, devices) and links that lead out of the directory are left out with a warning.
public final class DirectorySource implements Source {
  private final Path root;
  private final Consumer<String> warnings;

  /// Looks through the whole directory once.
  ///
  /// @param warnings takes one line about each thing that is left out, once
  /// @throws io.quintet.client.UserException with `UNAVAILABLE`, naming the first file or directory
  ///   that cannot be read, or with `REFUSED`, naming the first whose name, or target, is not UTF-8
  public DirectorySource(Path root, Consumer<String> warnings) {
    this.root = root;
    this.warnings = warnings;
    TreeWalk.checkReadable(root);
  }

  @Override
  public Content content() {
    return Content.TAR;
  }

  @Override
  public long size() {
    return UNKNOWN;
  }

  @Override
  public InputStream open() {
    return new TarStream(new TreeWalk(root, warnings));
  }
}
