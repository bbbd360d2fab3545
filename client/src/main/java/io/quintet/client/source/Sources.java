package io.quintet.client.source;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/// Chooses the source for a path.
public final class Sources {
  private Sources() {}

  /// Standard input as a source; it is never closed.
  public static Source of(InputStream standardInput) {
    return new StreamSource(() -> new Unclosed(standardInput));
  }

  /// The source at `path`, following a link.
  ///
  /// @param warnings takes one line about each thing in a directory that is left out
  /// @throws UserException with `UNAVAILABLE` when it is missing or cannot be read
  public static Source of(Path path, Consumer<String> warnings) {
    if (!Files.exists(path)) {
      // What Java makes of bytes in an argument that are not UTF-8.
      throw path.toString().indexOf('\ufffd') >= 0
          ? unavailable("there is no file " + path + ", or its name is not UTF-8", "rename it")
          : unavailable("there is no file " + path, "check the name and the directory");
    }
    if (!Files.isReadable(path)) {
      throw unavailable("cannot read " + path, "check its permissions");
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return new DirectorySource(path, warnings);
      }
      return attributes.isRegularFile()
          ? new FileSource(path)
          : new StreamSource(() -> Files.newInputStream(path));
    } catch (IOException e) {
      throw unavailable("cannot read " + path, "check its permissions");
    }
  }

  private static UserException unavailable(String failed, String advice) {
    return new UserException(ExitCode.UNAVAILABLE, failed, advice);
  }

  /// Leaves the process's own stream open.
  private static final class Unclosed extends java.io.FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
