package io.quintet.node.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the operating system says of a file without reading it. Two equal looks at one path mean
/// that nobody wrote to the file in between: writing changes the time of the last change, which no
/// program can set (POSIX, "File Times Update").
///
/// @param isRegular neither a link nor a directory, pipe or device
/// @param changed the time of the last change of content or inode
/// @param key device and inode number, null where there are none
record FileLook(boolean isRegular, long sizeBytes, Object changed, @Nullable Object key) {
  private static final String ATTRIBUTES = "unix:isRegularFile,size,ctime,fileKey";

  /// Looks at `file` itself, not at what a link points to.
  ///
  /// @throws java.nio.file.NoSuchFileException when there is nothing
  static FileLook at(Path file) throws IOException {
    Map<String, Object> found = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    return new FileLook(
        Boolean.TRUE.equals(found.get("isRegularFile")),
        (Long) Objects.requireNonNull(found.get("size")),
        Objects.requireNonNull(found.get("ctime")),
        found.get("fileKey"));
  }
}
