package io.quintet.client.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What shows that a file changed, without reading it.
///
/// @param fileKey the file system's own name for it, where there is one
record FileStamp(long size, FileTime modified, @Nullable Object fileKey) {
  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  static FileStamp following(Path path) throws IOException {
    return of(Files.readAttributes(path, BasicFileAttributes.class));
  }

  static FileStamp notFollowing(Path path) throws IOException {
    return of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  boolean isSame(FileStamp other) {
    return size == other.size
        && modified.equals(other.modified)
        && Objects.equals(fileKey, other.fileKey);
  }
}
