package io.quintet.client.source;

import io.quintet.manifest.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// One regular file.
public final class FileSource implements Source {
  private final Path path;
  private final FileStamp stamp;

  /// @throws IOException when there is no such file
  public FileSource(Path path) throws IOException {
    this.path = path;
    this.stamp = FileStamp.following(path);
  }

  @Override
  public Content content() {
    return Content.FILE;
  }

  @Override
  public long size() {
    return stamp.size();
  }

  @Override
  public InputStream open() throws IOException {
    return new StableFileStream(path, stamp, () -> FileStamp.following(path));
  }
}
