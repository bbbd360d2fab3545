package io.quintet.scripts.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real file that is on every machine where this runs: part of the JDK itself.
///
/// @param origin for people: what it is made of
record DemoFile(Path path, long size, String origin) {
  /// The size that is promised.
  static final int MEBIBYTES_MIN = 200;

  private static final int BUFFER_BYTES = 1 << 20;

  /// The JDK's largest file if it is large enough, otherwise as many of the JDK's files as needed,
  /// largest first, joined in `directory`.
  ///
  /// @param mebibytes the exact size to make, or null for at least [#MEBIBYTES_MIN]
  static DemoFile of(Path javaHome, Path directory, @Nullable Integer mebibytes)
      throws IOException {
    List<Path> parts = largestFirst(javaHome);
    Path largest = parts.getFirst();
    long wanted = (mebibytes == null ? (long) MEBIBYTES_MIN : mebibytes) << 20;
    if (mebibytes == null && Files.size(largest) >= wanted) {
      return new DemoFile(largest, Files.size(largest), "the JDK's own " + largest);
    }
    return join(javaHome, parts, directory.resolve("jdk-files"), wanted, mebibytes != null);
  }

  private static List<Path> largestFirst(Path javaHome) throws IOException {
    try (Stream<Path> all = Files.walk(javaHome)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(Files::isReadable)
              .sorted(Comparator.comparingLong(DemoFile::sizeOrZero).reversed())
              .toList();
      if (files.isEmpty() || sizeOrZero(files.getFirst()) == 0) {
        throw new IOException("no readable file in " + javaHome);
      }
      return files;
    }
  }

  private static long sizeOrZero(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private static DemoFile join(
      Path javaHome, List<Path> parts, Path target, long wanted, boolean exactly)
      throws IOException {
    long size = 0;
    int used = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      // A very small runtime is read several times over.
      while (size < wanted) {
        size += copy(parts.get(used % parts.size()), out, exactly ? wanted - size : Long.MAX_VALUE);
        used++;
      }
    }
    String first = javaHome.relativize(parts.getFirst()).toString();
    String origin =
        used == 1
            ? "the beginning of the JDK's own " + first
            : "the JDK's own " + first + " and " + (used - 1) + " more of its files, joined";
    return new DemoFile(target, size, origin);
  }

  private static long copy(Path part, OutputStream out, long bytesMax) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long copied = 0;
    try (InputStream in = Files.newInputStream(part)) {
      while (copied < bytesMax) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, bytesMax - copied));
        if (count < 0) {
          break;
        }
        out.write(buffer, 0, count);
        copied += count;
      }
    }
    return copied;
  }
}
